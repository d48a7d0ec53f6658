import { CliError } from '../cli-error.js'
import type { CommandGroup } from '../command.js'

/** `fs-agent tool NAME`: runs one tool by hand. */
export const toolCommandGroup: CommandGroup = {
  name: 'tool',
  summary: 'run one tool by hand: grep, find, cat, head, tail, preview, ls, tree, wc, smart_read, smart_cat',
  details:
    'Every parameter of a tool is a flag, in kebab-case or snake_case; the main ones may also be given without a flag. ' +
    'The text goes to stdout byte for byte; a notice that something was left out goes to stderr.',
  examples: ['fs-agent tool grep TODO projects --ignore-case', 'fs-agent tool cat projects/project-alpha/README.md'],
  subcommands: async () => {
    const { toolCommands } = await import('../tool/tool-commands.js')
    return toolCommands()
  },
  unknown: (name, known) =>
    new CliError('TOOL_UNKNOWN', `Cannot run tool "${name}": known tools are ${known.join(', ')}`),
}
