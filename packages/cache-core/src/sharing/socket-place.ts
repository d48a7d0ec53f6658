import { randomBytes } from 'node:crypto'
import { closeSync, constants, openSync } from 'node:fs'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What fits into a socket address everywhere, in bytes. Node cuts a longer path silently: two stores would meet. */
const longestPathBytes = 103

/** A path that a socket can be opened or reached by. */
export interface SocketPlace {
  readonly path: string
  /** Ends the path; the socket must be closed before, if it was opened here. */
  release(): Promise<void>
}

/** A path for a socket in a directory, however long the directory's own is. */
export async function socketPlace(directory: string, name: string): Promise<SocketPlace> {
  const path = join(directory, name)
  if (isPipe(name)) return { path: name, release: async () => {} }
  if (Buffer.byteLength(path) <= longestPathBytes) return { path, release: async () => {} }
  return process.platform === 'linux' ? throughDescriptor(directory, name) : await throughLink(directory, name)
}

/**
 * What to call a new socket: a name in the directory, on Windows a pipe of its own name space. No two are called the
 * same: closing a socket removes its name from whatever directory is there by now, and with it that of the next owner.
 */
export function socketName(): string {
  const secret = randomBytes(16).toString('hex')
  if (process.platform === 'win32') return `\\\\.\\pipe\\fsagent-cache-${secret}`
  return `s-${BigInt(`0x${secret.slice(0, 12)}`)}.sock`
}

/** Whether a name in the directory is that of a socket. */
export function isSocketName(name: string): boolean {
  return /^s-\d+\.sock$/.test(name)
}

/** Whether a socket is a named pipe of Windows. */
export function isPipe(name: string): boolean {
  return name.startsWith('\\\\.\\pipe\\')
}

function throughDescriptor(directory: string, name: string): SocketPlace {
  const descriptor = openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY)
  return { path: `/proc/self/fd/${descriptor}/${name}`, release: async () => closeSync(descriptor) }
}

async function throughLink(directory: string, name: string): Promise<SocketPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'fsagent-'))
  const link = join(folder, 'd')
  await symlink(directory, link)
  return { path: join(link, name), release: () => rm(folder, { recursive: true, force: true }) }
}
