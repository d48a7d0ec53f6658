import { expect, test } from 'vitest'
import { toolDefinitions, tools } from '../../src/tools/tool-table.js'

test('tools are the eleven of the product, each with a description', () => {
  expect(tools.map(({ name }) => name)).toEqual([
    'grep',
    'find',
    'cat',
    'head',
    'tail',
    'preview',
    'ls',
    'tree',
    'wc',
    'smart_read',
    'smart_cat',
  ])
  expect(tools.every(({ description }) => description.length > 20)).toBe(true)
})

test('toolDefinitions are JSON schemas that allow no unknown parameter', () => {
  for (const { parameters } of toolDefinitions) {
    expect(parameters).toMatchObject({ type: 'object', additionalProperties: false })
  }
  expect(toolDefinitions.find(({ name }) => name === 'head')?.parameters).toMatchObject({
    required: ['path'],
    properties: { lines: { type: 'integer', default: 10, minimum: 0 } },
  })
})
