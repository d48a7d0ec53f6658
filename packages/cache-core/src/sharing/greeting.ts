import { timingSafeEqual } from 'node:crypto'
import { ByteWriter } from './byte-writer.js'
import type { Frame } from './frame-reader.js'
import { clientIdBytes, magic, MalformedMessageError, messages, protocolVersions, tokenBytes } from './protocol.js'

/** What a follower says first. */
export interface Hello {
  readonly lowest: number
  readonly highest: number
  readonly token: Buffer
  /** Chosen by the follower, the same for all its connections. */
  readonly clientId: string
}

/** What the owner answers to a hello. */
export type Welcome =
  | { readonly type: 'ready'; readonly version: number; readonly epoch: number }
  | { readonly type: 'refused'; readonly lowest: number; readonly highest: number }

/** The frame of a hello; `clientId` is in hexadecimal. */
export function encodeHello(token: Buffer, clientId: string): Buffer {
  const { lowest, highest } = protocolVersions
  const writer = new ByteWriter().begin(messages.hello, 0).u32(magic).u32(lowest).u32(highest)
  writer.bytes(token).bytes(Buffer.from(clientId, 'hex')).end()
  return writer.take()
}

/** The hello in a frame. What follows the fields of version 1 is left to later versions. @throws MalformedMessageError */
export function decodeHello({ message, body }: Frame): Hello {
  if (message !== messages.hello || body.u32() !== magic)
    throw new MalformedMessageError('Cannot read hello: this is another protocol')
  const [lowest, highest] = [body.u32(), body.u32()]
  return { lowest, highest, token: body.bytes(tokenBytes), clientId: body.bytes(clientIdBytes).toString('hex') }
}

/** Whether the token is the owner's, in the same time whatever it is. */
export function isToken(given: Buffer, token: Buffer): boolean {
  return given.length === token.length && timingSafeEqual(given, token)
}

/** The highest version that both speak, or `undefined`. */
export function commonVersion({ lowest, highest }: Pick<Hello, 'lowest' | 'highest'>): number | undefined {
  const version = Math.min(highest, protocolVersions.highest)
  return version >= Math.max(lowest, protocolVersions.lowest) ? version : undefined
}

/** The frame of a welcome. */
export function encodeWelcome(welcome: Welcome): Buffer {
  const writer = new ByteWriter().begin(messages[welcome.type], 0)
  if (welcome.type === 'ready') writer.u32(welcome.version).u32(welcome.epoch)
  else writer.u32(welcome.lowest).u32(welcome.highest)
  writer.end()
  return writer.take()
}

/** The welcome in a frame. @throws MalformedMessageError when it is none */
export function decodeWelcome({ message, body }: Frame): Welcome {
  if (message === messages.ready) return { type: 'ready', version: body.u32(), epoch: body.u32() }
  if (message === messages.refused) return { type: 'refused', lowest: body.u32(), highest: body.u32() }
  throw new MalformedMessageError(`Cannot read message ${message}: it is no welcome`)
}
