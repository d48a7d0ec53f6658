import { isCacheErrorCode, type CacheErrorCode } from '../cache-error.js'
import type { ByteWriter } from './byte-writer.js'
import type { Frame } from './frame-reader.js'
import { MalformedMessageError, messages } from './protocol.js'

/** The state of an entry's counter: the entry is unchanged as long as both stay. */
export interface Generation {
  readonly count: number
  readonly epoch: number
}

/** What the owner answers. */
export type Reply =
  | { readonly type: 'absent' }
  | RecordReply
  /** How many, or 1 for yes. */
  | { readonly type: 'result'; readonly value: number }
  /** Keys in their stored form. */
  | { readonly type: 'keyPage'; readonly keys: readonly string[]; readonly isLast: boolean }
  /** What a long job came to: numbers by name. */
  | { readonly type: 'report'; readonly report: object }
  /** Why a long job was not done. */
  | { readonly type: 'failure'; readonly code: CacheErrorCode; readonly message: string }

/** A record as it is on disk, to be checked by who asked. */
export interface RecordReply {
  readonly type: 'record'
  /** As it was when the record was read. */
  readonly generation: Generation
  readonly namespaceId: string
  readonly raw: Buffer
}

/** Writes the frame of a reply. */
export function encodeReply(writer: ByteWriter, reply: Reply, id: number): void {
  writer.begin(messages[reply.type], id)
  if (reply.type === 'record') {
    writer.u32(reply.generation.count).u32(reply.generation.epoch)
    writer.text(reply.namespaceId).bytes(reply.raw)
  } else if (reply.type === 'result') writer.f64(reply.value)
  else if (reply.type === 'keyPage') {
    writer.u8(reply.isLast ? 1 : 0).u32(reply.keys.length)
    for (const key of reply.keys) writer.text(key)
  } else if (reply.type === 'report') writer.text(JSON.stringify(reply.report))
  else if (reply.type === 'failure') writer.text(reply.code).text(reply.message)
  writer.end()
}

/** The reply in a frame. @throws MalformedMessageError when it is none */
export function decodeReply({ message, body }: Frame): Reply {
  switch (message) {
    case messages.absent:
      return { type: 'absent' }
    case messages.record: {
      const generation = { count: body.u32(), epoch: body.u32() }
      // A copy: the view would keep everything alive that came with it.
      return { type: 'record', generation, namespaceId: body.text(), raw: Buffer.from(body.rest()) }
    }
    case messages.result:
      return { type: 'result', value: body.f64() }
    case messages.keyPage: {
      const isLast = body.u8() === 1
      const keys: string[] = []
      for (let left = body.u32(); left > 0; left -= 1) keys.push(body.text())
      return { type: 'keyPage', keys, isLast }
    }
    case messages.report:
      return { type: 'report', report: parseReport(body.text()) }
    case messages.failure: {
      const code = body.text()
      return { type: 'failure', code: isCacheErrorCode(code) ? code : 'CACHE_UNAVAILABLE', message: body.text() }
    }
    default:
      throw new MalformedMessageError(`Cannot read message ${message}: it is no reply`)
  }
}

function parseReport(text: string): object {
  const report = parseJson(text)
  const isReport =
    typeof report === 'object' && report !== null && Object.values(report).every((each) => typeof each === 'number')
  if (!isReport) throw new MalformedMessageError('Cannot read report: it is no record of numbers')
  return report
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new MalformedMessageError('Cannot read report: it is no JSON', { cause: error })
  }
}
