import { z } from 'zod'
import { linesOutput } from './lines-output.js'
import { limit, lineNumber, path } from './parameters.js'
import { readLines } from './read-lines.js'
import { defineTool } from './tool.js'

const schema = z
  .strictObject({
    path,
    start_line: lineNumber.optional().describe('First line, from 1'),
    end_line: lineNumber.optional().describe('Last line, included'),
    limit: limit(2000, 'lines'),
  })
  .refine((input) => (input.end_line ?? Infinity) >= (input.start_line ?? 1), {
    path: ['end_line'],
    message: 'must not be smaller than start_line',
  })

/** Prints a file, or lines of it. */
export const cat = defineTool({
  name: 'cat',
  description: 'Print a text file exactly as it is, or a range of its lines.',
  schema,
  async run(input, context) {
    const range = { start: input.start_line ?? 1, end: input.end_line ?? Infinity }
    const request = { path: input.path, ...range, limit: input.limit }
    return linesOutput(await readLines(request, context), request, context)
  },
})
