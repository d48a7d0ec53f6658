import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { encodeHello } from '../src/sharing/greeting.js'

/** Somebody who talks to an owner byte by byte. */
export interface RawPeer extends Disposable {
  readonly socket: Socket
  /** What came until now. */
  received(): Buffer
  /** Resolves when the owner has hung up. */
  readonly closed: Promise<void>
}

/** What `owner.json` says. */
export function ownerOf(directory: string): {
  readonly socket: string
  readonly token: string
  readonly epoch: number
} {
  return JSON.parse(readFileSync(join(directory, 'owner.json'), 'utf8'))
}

/** Connects to the owner of a directory, and says something. */
export function rawPeer(directory: string, words: Uint8Array = Buffer.alloc(0)): RawPeer {
  const socket = connect(join(directory, ownerOf(directory).socket))
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => void chunks.push(chunk))
  socket.on('error', () => socket.destroy())
  const closed = new Promise<void>((resolve) => void socket.on('close', () => resolve()))
  if (words.length > 0) socket.write(words)
  return {
    socket,
    received: () => Buffer.concat(chunks),
    closed,
    [Symbol.dispose]: () => void socket.destroy(),
  }
}

/** A hello with the right token, of protocol version 1. */
export function goodHello(directory: string): Buffer {
  return encodeHello(Buffer.from(ownerOf(directory).token, 'hex'), '00'.repeat(16))
}
