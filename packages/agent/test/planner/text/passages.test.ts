import { expect, test } from 'vitest'
import { splitPassages } from '../../../src/planner/text/passages.js'

function split(path: string, text: string): readonly string[] {
  const lines = text.split('\n').map((line, index) => ({ number: index + 1, text: line }))
  return splitPassages(path, lines).map((passage) => {
    const numbers = passage.lines.map((line) => line.number).join(',')
    return `${numbers} < ${passage.context.map((line) => line.number).join(',')}`
  })
}

test('splitPassages() parts Markdown into headings, paragraphs and list items below their headings', () => {
  const text = '# Title\n\nOne\ntwo.\n\n## Part\n\nThese apply:\n\n- first\n  goes on\n- second\n\nEnd.'
  expect(split('a.md', text)).toEqual([
    '1 < ',
    '3,4 < 1',
    '6 < 1',
    '8 < 1,6',
    '10,11 < 1,6,8',
    '12 < 1,6,8',
    '14 < 1,6,8',
  ])
})

test('splitPassages() gives each row of a Markdown table its header', () => {
  expect(split('a.md', '# T\n\n| A | B |\n| - | - |\n| 1 | 2 |\n| 3 | 4 |')).toEqual(['1 < ', '5 < 1,3', '6 < 1,3'])
})

test('splitPassages() keeps a fenced block together and takes no heading from it', () => {
  expect(split('a.md', '# T\n\n```sh\n# not a heading\nls\n```\n\nText')).toEqual(['1 < ', '4,5 < 1', '8 < 1'])
})

test('splitPassages() takes every record of a table with its header, whatever the file is called', () => {
  expect(split('a.csv', 'id,name\n1,x\n2,y')).toEqual(['1 < ', '2 < 1', '3 < 1'])
  expect(split('inventory.txt', 'id;name;maker\n1;x;y\n2;y;z')).toEqual(['1 < ', '2 < 1', '3 < 1'])
})

test('splitPassages() gives settings the section and the keys that enclose them', () => {
  expect(split('a.toml', '[server]\nport = 1\n\n[queue]\nurl = "x"')).toEqual(['1,2 < ', '4,5 < '])
  expect(split('a.yaml', 'a:\n  b:\n    c: 1\n  d: 2')).toEqual(['1,2,3 < ', '4 < 1'])
})

test('splitPassages() cuts code between blank lines and after eight lines', () => {
  const code = ['def f():', ...Array.from({ length: 10 }, (_, index) => `    line ${String(index)}`), '', 'x = 1'].join(
    '\n',
  )
  expect(split('a.py', code)).toEqual(['1,2,3,4,5,6,7,8 < ', '9,10,11 < 1', '13 < '])
})
