import { CliError } from '../cli-error.js'
import type { CommandContext } from '../command.js'
import type { ToolParameter } from './tool-parameters.js'

/** What the command line knows about a tool. */
export interface ToolOnCommandLine {
  readonly name: string
  readonly parameters: readonly ToolParameter[]
  readonly positionals: readonly string[]
}

/**
 * Gives the arguments of a tool call from flags and from what was given without a flag.
 *
 * @throws CliError `CLI_INVALID_VALUE`, `CLI_MISSING_ARGUMENT`, `CLI_TOO_MANY_ARGUMENTS`
 */
export function toolArguments(
  tool: ToolOnCommandLine,
  { options, positionals }: Pick<CommandContext, 'options' | 'positionals'>,
): Readonly<Record<string, unknown>> {
  const given = new Map<string, unknown>()
  for (const parameter of tool.parameters) {
    const value = flagValue(parameter, options)
    if (value !== undefined) given.set(parameter.name, convert(parameter, value))
  }
  const rest = [...positionals]
  for (const parameter of openPositionals(tool, given)) {
    const values = rest.splice(0, parameter.repeatable ? rest.length : 1)
    if (values.length > 0) given.set(parameter.name, convert(parameter, parameter.repeatable ? values : values[0]))
  }
  if (rest.length > 0) {
    throw new CliError(
      'CLI_TOO_MANY_ARGUMENTS',
      `Cannot run tool "${tool.name}": "${rest[0]}" is one argument too many`,
    )
  }
  const missing = tool.parameters.filter(({ name, required }) => required && !given.has(name))
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ')
    throw new CliError('CLI_MISSING_ARGUMENT', `Cannot run tool "${tool.name}": ${names} is missing; see --help`)
  }
  return Object.fromEntries(given)
}

function openPositionals(tool: ToolOnCommandLine, given: ReadonlyMap<string, unknown>): readonly ToolParameter[] {
  return tool.positionals.flatMap((name) =>
    tool.parameters.filter((parameter) => parameter.name === name && !given.has(name)),
  )
}

/** Both spellings of a flag may be given; several values of a repeatable one come together. */
function flagValue({ name, repeatable }: ToolParameter, options: CommandContext['options']): unknown {
  const camel = name.replaceAll(/_(\w)/g, (_match, letter: string) => letter.toUpperCase())
  const spellings = camel === name ? [options[name]] : [options[camel], options[name]]
  const values = spellings.filter((value) => value !== undefined)
  return repeatable && values.length > 0 ? values.flat() : values[0]
}

function convert(parameter: ToolParameter, value: unknown): unknown {
  if (parameter.kind !== 'number') return value
  return Array.isArray(value) ? value.map((text) => number(parameter, text)) : number(parameter, value)
}

function number({ name }: ToolParameter, value: unknown): number {
  const text = String(value)
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  throw new CliError('CLI_INVALID_VALUE', `Cannot use "${text}" for ${name}: it must be a number`)
}
