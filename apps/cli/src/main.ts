import { readFileSync } from 'node:fs'
import { workingDirectoryOf } from '@fsagent/agent/tools'
import { runCli } from '@fsagent/cli'

/** Signals that end a command in good order, and the exit code of each. */
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** Runs `fs-agent` with what the process was given, and leaves its exit code in `process.exitCode`. */
export async function main(host: NodeJS.Process): Promise<void> {
  const controller = new AbortController()
  let signalExitCode: number | undefined
  for (const [signal, exitCode] of Object.entries(signals)) {
    host.on(signal, () => {
      if (controller.signal.aborted) host.exit(exitCode)
      signalExitCode = exitCode
      controller.abort()
    })
  }
  const exitCode = await runCli(host.argv.slice(2), {
    get stdin() {
      return host.stdin
    },
    stdout: host.stdout,
    stderr: host.stderr,
    environment: host.env,
    get workingDirectory() {
      return workingDirectoryOf(host)
    },
    nodeVersion: host.version,
    version: readVersion(),
    signal: controller.signal,
  })
  host.exitCode = signalExitCode ?? exitCode
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown'
}
