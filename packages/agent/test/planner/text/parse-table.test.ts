import { expect, test } from 'vitest'
import { parseTable } from '../../../src/planner/text/parse-table.js'

test('parseTable() reads quoted cells, and numbers rows by the lines of the file', () => {
  const text = '\uFEFFid,note\r\n1,"a, b"\r\n2,"says ""no"""\r\n3,"two\r\nlines"\r\n\r\n4,end'
  expect(parseTable(text)).toEqual({
    columns: ['id', 'note'],
    rows: [
      { line: 2, cells: ['1', 'a, b'] },
      { line: 3, cells: ['2', 'says "no"'] },
      { line: 4, cells: ['3', 'two\r\nlines'] },
      { line: 7, cells: ['4', 'end'] },
    ],
  })
})

test.each([';', '\t', '|'])('parseTable() finds out that %j separates the cells', (delimiter) => {
  expect(parseTable(`a${delimiter}b\n1,5${delimiter}2\n`)).toEqual({
    columns: ['a', 'b'],
    rows: [{ line: 2, cells: ['1,5', '2'] }],
  })
})

test('parseTable() takes a quote that nobody closes as it is, and a text without cells for no table', () => {
  expect(parseTable('a,b\n1,"open\n2,x\n')?.rows.map(({ line, cells }) => [line, ...cells])).toEqual([
    [2, '1', '"open'],
    [3, '2', 'x'],
  ])
  expect(parseTable('')).toBeUndefined()
  expect(parseTable('just a line\n')).toBeUndefined()
})
