import { z } from 'zod'
import { linesOutput } from './lines-output.js'
import { count, limit, path } from './parameters.js'
import { readLastLines } from './read-lines.js'
import { defineTool } from './tool.js'

const schema = z.strictObject({
  path,
  lines: count().default(10).describe('How many lines'),
  limit: limit(2000, 'lines'),
})

/** Prints the last lines of a file. */
export const tail = defineTool({
  name: 'tail',
  description: 'Print the last lines of a text file.',
  schema,
  async run(input, context) {
    const lines = await readLastLines(input.path, input.lines, context)
    const start = lines.start ?? 1
    const end = lines.start === null ? input.lines : (lines.lineCount ?? Infinity)
    return linesOutput(lines, { path: input.path, start, end, limit: input.limit }, context)
  },
})
