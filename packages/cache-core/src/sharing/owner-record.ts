import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { hasCode } from '../error-code.js'
import { ownerFile } from '../layout.js'
import { replaceFile } from '../replace-file.js'
import { tokenBytes } from './protocol.js'
import { isPipe, isSocketName } from './socket-place.js'

/** Where the owner of a directory can be reached: the content of `owner.json`. */
export interface OwnerRecord {
  /** Version of the protocol. */
  readonly protocol: number
  /** Counts the owners of the directory. */
  readonly epoch: number
  readonly pid: number
  readonly host: string
  /** Changes with each start of the machine; empty where the system tells none. */
  readonly boot: string
  /** Name in the directory, or a whole path. */
  readonly socket: string
  /** In hexadecimal. */
  readonly token: string
}

/** The machine and its present run. */
export function thisMachine(): Pick<OwnerRecord, 'host' | 'boot'> {
  return { host: hostname(), boot: bootId() }
}

/** Reads `owner.json`; `undefined` when there is none or it is not one. */
export async function readOwnerRecord(directory: string): Promise<OwnerRecord | undefined> {
  try {
    const record: unknown = JSON.parse(await readFile(join(directory, ownerFile), 'utf8'))
    return isOwnerRecord(record) ? record : undefined
  } catch (error) {
    if (error instanceof SyntaxError || hasCode(error)) return undefined
    throw error
  }
}

/** Writes `owner.json` so that nobody ever reads a part of it. */
export async function writeOwnerRecord(directory: string, record: OwnerRecord): Promise<void> {
  const path = join(directory, ownerFile)
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await writeFile(unfinished, JSON.stringify(record), { mode: 0o600, flag: 'wx' })
    await replaceFile(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch (error) {
    if (hasCode(error)) return ''
    throw error
  }
}

function isOwnerRecord(record: unknown): record is OwnerRecord {
  if (typeof record !== 'object' || record === null) return false
  const { protocol, epoch, host, boot, socket, token } = { ...record } as Readonly<Record<string, unknown>>
  const hasNumbers = Number.isSafeInteger(protocol) && Number.isSafeInteger(epoch)
  const hasTexts = typeof host === 'string' && typeof boot === 'string' && typeof socket === 'string'
  if (!hasNumbers || !hasTexts || !(isSocketName(socket) || isPipe(socket))) return false
  return typeof token === 'string' && token.length === tokenBytes * 2
}
