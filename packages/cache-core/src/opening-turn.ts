import { once } from 'node:events'
import { readlinkSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { hasCode } from './error-code.js'

/** The right to open the files of a directory; it ends when it is disposed of, or with its thread. */
export interface OpeningTurn extends Disposable {
  /** Whether it was given: not while another thread of this process has it. */
  readonly isGiven: boolean
}

/**
 * Lets the threads of this process open the files of a directory one after another: two that find nobody there and open
 * the LOCK file at once would lose the lock, for closing the file in one of them drops the lock of the other. A name of
 * Linux that only one socket can have is what threads share that know nothing of each other, and it goes with its thread.
 */
export async function takeTurn(directory: string): Promise<OpeningTurn> {
  if (process.platform !== 'linux') return { isGiven: true, [Symbol.dispose]: () => {} }
  const server = createServer((socket) => socket.destroy()).unref()
  const turn = { [Symbol.dispose]: () => void server.close() }
  try {
    // Never by way of the primary of a cluster, which would let all of its workers have the name.
    server.listen({ path: nameOf(directory), exclusive: true })
    await once(server, 'listening')
    return { isGiven: true, ...turn }
  } catch (error) {
    if (!hasCode(error)) throw error
    // Where there are no such names it goes on as well as it can.
    return { isGiven: error.code !== 'EADDRINUSE', ...turn }
  }
}

/** Not begun with a path but with a zero: no file. A process's number is its own only among those that it can see. */
function nameOf(directory: string): string {
  const { dev, ino } = statSync(directory, { bigint: true })
  return `\0fsagent-cache ${readlinkSync('/proc/self/ns/pid')} ${process.pid} ${dev} ${ino}`
}
