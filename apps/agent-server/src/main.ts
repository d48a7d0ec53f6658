import { workingDirectoryOf } from '@fsagent/agent'
import { parseServerArguments, serverHelp } from './server-arguments.js'
import { startServer } from './start-server.js'

/** Signals that end the server in good order, and the exit code when a second one asks to end at once. */
const signals = { SIGINT: 130, SIGTERM: 143 } as const

/** Errors of whoever started the server, which end with 2; all others end with 1. */
const usageCodes: ReadonlySet<string> = new Set([
  'SERVER_USAGE',
  'SETTING_INVALID',
  'DOTENV_UNREADABLE',
  'WORKING_DIRECTORY_GONE',
])

/** Runs the server with what the process was given until a signal ends it. */
export async function main(host: NodeJS.Process): Promise<void> {
  try {
    await run(host)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL'
    host.stderr.write(`fsagent-server: ${code}: ${error instanceof Error ? error.message : String(error)}\n`)
    host.exitCode = usageCodes.has(code) ? 2 : 1
  }
}

async function run(host: NodeJS.Process): Promise<void> {
  const { help, flags } = parseServerArguments(host.argv.slice(2))
  if (help) {
    host.stdout.write(serverHelp())
    return
  }
  const ended = waitForSignal(host)
  await using server = await startServer({
    flags,
    environment: host.env,
    workingDirectory: workingDirectoryOf(host),
  })
  host.stdout.write(`fsagent server listening at ${server.url}\n`)
  await ended
}

function waitForSignal(host: NodeJS.Process): Promise<void> {
  let count = 0
  return new Promise((resolve) => {
    for (const [signal, exitCode] of Object.entries(signals)) {
      host.on(signal, () => {
        count += 1
        if (count > 1) host.exit(exitCode)
        resolve()
      })
    }
  })
}
