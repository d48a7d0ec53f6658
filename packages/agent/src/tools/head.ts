import { z } from 'zod'
import { linesOutput } from './lines-output.js'
import { count, limit, path } from './parameters.js'
import { readLines } from './read-lines.js'
import { defineTool } from './tool.js'

const schema = z.strictObject({
  path,
  lines: count().default(10).describe('How many lines'),
  limit: limit(2000, 'lines'),
})

/** Prints the first lines of a file. */
export const head = defineTool({
  name: 'head',
  description: 'Print the first lines of a text file.',
  schema,
  async run(input, context) {
    const request = { path: input.path, start: 1, end: input.lines, limit: input.limit }
    return linesOutput(await readLines(request, context), request, context)
  },
})
