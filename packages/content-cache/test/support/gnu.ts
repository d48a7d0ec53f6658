import { spawnSync } from 'node:child_process'

/** What a GNU tool prints for some bytes on its standard input, in a locale of UTF-8. */
export function gnu(command: string, args: readonly string[], input: Uint8Array): Buffer {
  const result = spawnSync(command, args, {
    input,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
    maxBuffer: 64 * 1_048_576,
  })
  if (result.error && !closedItsInputEarly(result.error)) throw result.error
  if (result.status !== 0) throw new Error(`Cannot run ${command}: ${result.stderr.toString()}`)
  return result.stdout
}

/** `head` and `tail -n 0` may end before they have read everything. */
function closedItsInputEarly(error: Error): boolean {
  return 'code' in error && error.code === 'EPIPE'
}

/** Why the GNU tools cannot be compared with here, or `undefined` where they can. */
export function gnuMissing(): string | undefined {
  for (const command of ['head', 'tail', 'sed', 'wc']) {
    const version = spawnSync(command, ['--version'], { encoding: 'utf8' })
    if (version.status !== 0 || !version.stdout.includes('GNU')) return `${command} is not GNU ${command}`
  }
  return undefined
}
