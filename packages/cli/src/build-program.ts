import { Argument, Command as Program, Option } from 'commander'
import type { Command, CommandContext, CommandGroup, CommandOption, LeafCommand } from './command.js'
import { commands } from './commands/commands.js'
import type { ExitCode } from './exit-codes.js'
import { readSettingFlags, settingFlagHelp, settingFlagOptions } from './setting-flags.js'
import type { Terminal } from './terminal.js'

/** What the program needs to run a command; the rest of the context comes from the arguments. */
export interface ProgramOptions {
  readonly terminal: Terminal
  readonly version: string
  readonly context: Pick<CommandContext, 'input' | 'terminal' | 'signal'>
  onExit(code: ExitCode): void
}

/** Turns the table of commands into a commander program that never exits and never prints errors by itself. */
export function buildProgram(options: ProgramOptions): Program {
  const { terminal } = options
  const program = new Program('fs-agent')
    .description('Ask questions about your files, answered from a cache that is never stale.')
    .version(options.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .exitOverride()
    .configureHelp({ styleTitle: (text) => terminal.colors.bold(text) })
    .configureOutput({
      writeOut: (text) => terminal.queue('stdout', text),
      writeErr: (text) => terminal.queue('stderr', text),
      outputError: () => {},
      getOutHelpWidth: () => terminal.stdout.columns ?? 100,
      getErrHelpWidth: () => terminal.stderr.columns ?? 100,
      getOutHasColors: () => terminal.colors.isColorSupported,
      getErrHasColors: () => terminal.errorColors.isColorSupported,
    })
  for (const option of settingFlagOptions()) program.addOption(option)
  for (const command of commands) addCommand(program, command, options)
  program.addHelpText('after', () => `\n${settingFlagHelp()}\n${closingText}`)
  return program
}

const settingsHint = 'Every command also takes the settings that "fs-agent --help" lists, such as --data-root DIR.'

const closingText = `
Settings come from flags, else the environment, else .env, else the defaults.
"fs-agent COMMAND --help" describes a command, "fs-agent tool NAME --help" a tool.

Exit codes: 0 ok, 1 failure, 2 usage, 3 partly done, 4 not found or outside the data root,
5 model, 6 step limit, 130 interrupted.`

function addCommand(parent: Program, command: Command, options: ProgramOptions): void {
  const child = parent.command(command.name).summary(command.summary).description(describe(command))
  for (const alias of command.aliases ?? []) child.alias(alias)
  child.addHelpText(
    'after',
    ['', 'Examples:', ...command.examples.map((line) => `  ${line}`), '', settingsHint].join('\n'),
  )
  if ('subcommands' in command) addGroup(child, command, options)
  else addLeaf(child, command, options)
}

/** The subcommands are loaded when commander is about to enter the group, so other commands do not pay for them. */
function addGroup(child: Program, group: CommandGroup, options: ProgramOptions): void {
  child.helpCommand(false).usage('NAME [arguments] [options]')
  child.parent?.hook('preSubcommand', async (program, entered) => {
    if (entered !== child) return
    const subcommands = await group.subcommands()
    const named = subcommands.filter(({ name, aliases = [] }) =>
      [name, ...aliases].some((it) => program.args.includes(it)),
    )
    // To describe the options of one takes a while, so nobody pays for those that are not even named.
    for (const subcommand of named.length > 0 ? named : subcommands) addCommand(child, subcommand, options)
    child.on('command:*', (operands: readonly string[]) => {
      throw group.unknown(
        operands[0] ?? '',
        subcommands.map(({ name }) => name),
      )
    })
  })
}

function addLeaf(child: Program, command: LeafCommand, options: ProgramOptions): void {
  for (const argument of command.arguments) {
    child.addArgument(new Argument(argument.notation, argument.description))
  }
  for (const option of command.options) child.addOption(commanderOption(option))
  child.action(async () => {
    const code = await command.run({
      ...options.context,
      positionals: child.args,
      options: child.opts(),
      settingFlags: readSettingFlags(child),
    })
    options.onExit(code)
  })
}

function commanderOption({ notation, description, choices, repeatable, hidden }: CommandOption): Option {
  const option = new Option(notation, description)
  if (choices !== undefined) option.choices(choices)
  if (repeatable === true) option.argParser(collect)
  return option.hideHelp(hidden === true)
}

function collect(value: string, previous: unknown): readonly unknown[] {
  return [...(Array.isArray(previous) ? previous : []), value]
}

function describe({ summary, details }: Command): string {
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`
  return details === undefined ? sentence : `${sentence}\n${details}`
}
