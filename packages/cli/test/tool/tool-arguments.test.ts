import { expect, test } from 'vitest'
import { toolArguments } from '../../src/tool/tool-arguments.js'
import type { ToolOnCommandLine } from '../../src/tool/tool-arguments.js'
import { toolParameters } from '../../src/tool/tool-parameters.js'

const search: ToolOnCommandLine = {
  name: 'search',
  positionals: ['pattern', 'paths'],
  parameters: toolParameters({
    name: 'search',
    description: 'Searches.',
    parameters: {
      properties: {
        pattern: { type: 'string' },
        paths: { type: 'array', items: { type: 'string' } },
        glob: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
        ignore_case: { type: 'boolean', default: false },
        max_depth: { type: 'integer' },
        limit: { type: 'integer', default: 100 },
      },
      required: ['pattern', 'limit'],
    },
  }),
}

test('toolArguments() fills the main parameters from what has no flag', () => {
  const call = toolArguments(search, { options: {}, positionals: ['TODO', 'a', 'b'] })
  expect(call).toEqual({ pattern: 'TODO', paths: ['a', 'b'] })
})

test('toolArguments() gives a parameter that has a flag no positional', () => {
  const call = toolArguments(search, { options: { pattern: 'TODO' }, positionals: ['a'] })
  expect(call).toEqual({ pattern: 'TODO', paths: ['a'] })
})

test('toolArguments() reads both spellings of a flag', () => {
  const positionals = ['x']
  expect(toolArguments(search, { options: { maxDepth: '2' }, positionals })).toMatchObject({ max_depth: 2 })
  expect(toolArguments(search, { options: { max_depth: '2' }, positionals })).toMatchObject({ max_depth: 2 })
  expect(toolArguments(search, { options: { ignoreCase: true }, positionals })).toMatchObject({ ignore_case: true })
})

test('toolArguments() collects the values of a repeated flag', () => {
  const call = toolArguments(search, { options: { glob: ['*.md', '!b*'] }, positionals: ['x'] })
  expect(call).toMatchObject({ glob: ['*.md', '!b*'] })
})

test.each(['', 'two', '1e3', '0x10', '1 ', 'NaN'])('toolArguments() refuses %j for a number', (text) => {
  expect(() => toolArguments(search, { options: { limit: text }, positionals: ['x'] })).toThrow(
    expect.objectContaining({ code: 'CLI_INVALID_VALUE' }),
  )
})

test('toolArguments() asks for required parameters that have no default', () => {
  expect(() => toolArguments(search, { options: {}, positionals: [] })).toThrow(
    expect.objectContaining({ code: 'CLI_MISSING_ARGUMENT', message: expect.stringContaining('pattern is missing') }),
  )
})

test('toolArguments() keeps an empty text: whether it makes sense is up to the tool', () => {
  expect(toolArguments(search, { options: {}, positionals: [''] })).toEqual({ pattern: '' })
})
