import type { CliInput } from './cli-input.js'
import type { ExitCode } from './exit-codes.js'
import type { Terminal } from './terminal.js'

/** A positional argument of a command, in commander's notation: `<required>`, `[optional]`, `[several...]`. */
export interface CommandArgument {
  readonly notation: string
  readonly description: string
}

/** An option of a command, in commander's notation: `-c, --concurrency <n>`. */
export interface CommandOption {
  readonly notation: string
  readonly description: string
  /** The values that are allowed, when they can be listed. */
  readonly choices?: readonly string[]
  /** Given several times it collects its values in an array. */
  readonly repeatable?: boolean
  /** Works, but is left out of the help: another spelling of an option that is shown. */
  readonly hidden?: boolean
}

/** What a command is run with. */
export interface CommandContext {
  readonly positionals: readonly string[]
  /** What was given, by commander's attribute name: text for options with a value, a boolean for switches. */
  readonly options: Readonly<Record<string, unknown>>
  /** Settings given as flags, by their name in the environment. */
  readonly settingFlags: Readonly<Record<string, string>>
  readonly input: CliInput
  readonly terminal: Terminal
  /** Aborted by the signal of the input, or when the reader of stdout went away. */
  readonly signal: AbortSignal
}

/** What commands and groups of commands have in common. */
interface CommandDescription {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly summary: string
  readonly details?: string
  readonly examples: readonly string[]
}

/** A command as data; `run` loads what it needs when it is called, never before. */
export interface LeafCommand extends CommandDescription {
  readonly arguments: readonly CommandArgument[]
  readonly options: readonly CommandOption[]
  run(context: CommandContext): Promise<ExitCode>
}

/** A command that only holds others, which are loaded when it is named. */
export interface CommandGroup extends CommandDescription {
  subcommands(): Promise<readonly LeafCommand[]>
  /** The error for a name that is none of the subcommands. */
  unknown(name: string, known: readonly string[]): Error
}

/** One row of the table of commands. */
export type Command = LeafCommand | CommandGroup
