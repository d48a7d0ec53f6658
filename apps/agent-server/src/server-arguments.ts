import { parseArgs } from 'node:util'
import type { ParseArgsConfig } from 'node:util'
import { settingNames, settingsTable } from '@fsagent/agent'
import { ServerError } from './server-error.js'

/** What the command line of the server says. */
export interface ServerArguments {
  readonly help: boolean
  /** Settings by their name in the environment. */
  readonly flags: Readonly<Record<string, string>>
}

/** Settings that may be flags: a key may not, because a process list shows flags to everybody. */
const settings = settingNames.map((name) => settingsTable[name]).filter((setting) => !setting.secret)

const options: ParseArgsConfig['options'] = {
  help: { type: 'boolean', short: 'h' },
  ...Object.fromEntries(settings.map(({ key }) => [flagName(key), { type: 'string' } as const])),
}

/**
 * Reads flags such as `--port 9000`, one for every setting that is not secret.
 *
 * @throws ServerError `SERVER_USAGE`
 */
export function parseServerArguments(argv: readonly string[]): ServerArguments {
  try {
    const { values } = parseArgs({ args: [...argv], options })
    const given = new Map(Object.entries(values))
    const flags = settings.map(({ key }) => [key, given.get(flagName(key))] as const)
    return { help: given.get('help') === true, flags: Object.fromEntries(flags.filter(isText)) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ServerError('SERVER_USAGE', `Cannot read the arguments: ${reason}`, { cause: error })
  }
}

function isText(flag: readonly [string, unknown]): flag is readonly [string, string] {
  return typeof flag[1] === 'string'
}

/** Gives what `--help` prints. */
export function serverHelp(): string {
  const flags = settings.map(({ key, description, default: value }) => {
    const shown = value === undefined ? '' : ` (${String(value)})`
    return `  --${flagName(key).padEnd(32)}${description}${shown}`
  })
  return [
    'Usage: fsagent-server [--port 8000] [--data-root DIR] [settings]',
    '',
    'Serves the agent over HTTP. Settings come from flags, else the environment, else .env, else the defaults:',
    ...flags,
    '',
    'Only in the environment or .env: FSAGENT_API_KEY and the keys of models.',
    '',
  ].join('\n')
}

function flagName(key: string): string {
  return key === 'DATA_ROOT_PATH' ? 'data-root' : key.toLowerCase().replaceAll('_', '-')
}
