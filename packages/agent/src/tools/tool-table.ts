import { z } from 'zod'
import { closest } from '../text/closest.js'
import { cat } from './cat.js'
import { find } from './find.js'
import { grep } from './grep.js'
import { head } from './head.js'
import { ls } from './ls.js'
import { preview } from './preview.js'
import { smartCat } from './smart-cat.js'
import { smartRead } from './smart-read.js'
import { tail } from './tail.js'
import { ToolError } from './tool-failure.js'
import type { ToolDefinition } from './tool-result.js'
import type { Tool } from './tool.js'
import { tree } from './tree.js'
import { wc } from './wc.js'

/** Every tool, in the order in which they are offered. */
export const tools: readonly Tool[] = [grep, find, cat, head, tail, preview, ls, tree, wc, smartRead, smartCat]

/** What models, command lines and clients need to know about each tool. */
export const toolDefinitions: readonly ToolDefinition[] = tools.map(({ name, description, schema }) => {
  let known: ToolDefinition['parameters'] | undefined
  return {
    name,
    description,
    /** Made when it is asked for: whoever calls one tool needs that of no other. */
    get parameters() {
      known ??= parametersOf(schema)
      return known
    },
  }
})

function parametersOf(schema: z.ZodType): ToolDefinition['parameters'] {
  const { $schema: _, ...parameters } = z.toJSONSchema(schema, { io: 'input' })
  return parameters
}

/**
 * Gives the tool of a name.
 *
 * @throws ToolError `TOOL_UNKNOWN`, with the name that was probably meant
 */
export function toolNamed(name: string): Tool {
  const tool = tools.find((candidate) => candidate.name === name)
  if (tool !== undefined) return tool
  const names = tools.map((candidate) => candidate.name)
  const suggestion = closest(name, names) ?? null
  const hint = suggestion === null ? `there are ${names.join(', ')}` : `did you mean "${suggestion}"?`
  throw new ToolError({
    code: 'TOOL_UNKNOWN',
    message: `Cannot call tool ${JSON.stringify(name)}: there is no such tool, ${hint}`,
    details: { suggestion },
  })
}
