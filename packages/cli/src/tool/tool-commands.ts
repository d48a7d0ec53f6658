import { toolDefinitions } from '@fsagent/agent/tools'
import type { ToolDefinition } from '@fsagent/agent'
import type { CommandArgument, CommandOption, LeafCommand } from '../command.js'
import { runTool } from './run-tool.js'
import { toolParameters } from './tool-parameters.js'
import type { ToolParameter } from './tool-parameters.js'
import { shortcutsOf } from './tool-shortcuts.js'

/** Gives one command for each tool of the agent, its flags made from the tool's JSON schema. */
export async function toolCommands(): Promise<readonly LeafCommand[]> {
  return toolDefinitions.map(toolCommand)
}

function toolCommand(definition: ToolDefinition): LeafCommand {
  const { name, description } = definition
  const { positionals, letters, examples } = shortcutsOf(name)
  let known: readonly ToolParameter[] | undefined
  // Made out of the schema when they are asked for, which only one of the tools is.
  const parameters = (): readonly ToolParameter[] => (known ??= toolParameters(definition))
  return {
    name,
    aliases: name.includes('_') ? [kebab(name)] : [],
    summary: description.replace(/\.$/, ''),
    details: 'What is given without a flag fills, in order, the parameters that no flag gives.',
    get arguments() {
      return positionals.flatMap((positional) =>
        parameters()
          .filter((it) => it.name === positional)
          .map(argumentOf),
      )
    },
    get options() {
      return [
        ...parameters().flatMap((parameter) => optionsOf(parameter, letters[parameter.name])),
        { notation: '--json', description: 'print the structured result as JSON' },
      ]
    },
    examples,
    run: async (context) => runTool({ name, parameters: parameters(), positionals }, context),
  }
}

/** Optional for commander even when required: the parameter may come as a flag. */
function argumentOf({ name, description, repeatable }: ToolParameter): CommandArgument {
  return { notation: repeatable ? `[${name}...]` : `[${name}]`, description }
}

/** The kebab-case flag that the help shows, then the hidden spellings. */
function optionsOf(parameter: ToolParameter, letter: string | undefined): readonly CommandOption[] {
  const [shown, ...others] = parameter.name.includes('_') ? [kebab(parameter.name), parameter.name] : [parameter.name]
  const short = letter === undefined ? '' : `-${letter}, `
  return [
    ...flagsOf(parameter, `${short}--${shown}`),
    ...others.flatMap((name) => flagsOf(parameter, `--${name}`).map((option) => ({ ...option, hidden: true }))),
  ]
}

function flagsOf(parameter: ToolParameter, flag: string): readonly CommandOption[] {
  const { kind, choices, repeatable } = parameter
  const description = describe(parameter)
  if (kind === 'switch') {
    const negative = flag.replace(/^(-\w, )?--/, '--no-')
    const on = parameter.defaultValue === true
    return [
      { notation: flag, description, hidden: on },
      { notation: negative, description: `not: ${description}`, hidden: !on },
    ]
  }
  const value = kind === 'number' ? '<n>' : '<text>'
  return [{ notation: `${flag} ${value}`, description, repeatable, ...(choices === undefined ? {} : { choices }) }]
}

function describe({ description, defaultValue, kind, repeatable }: ToolParameter): string {
  const shown = kind === 'switch' || defaultValue === undefined ? '' : `default: ${JSON.stringify(defaultValue)}`
  const notes = [shown, repeatable ? 'may be repeated' : ''].filter((note) => note !== '')
  return notes.length === 0 ? description : `${description} (${notes.join('; ')})`.trim()
}

function kebab(name: string): string {
  return name.replaceAll('_', '-')
}
