import { addressPrefix, type EntryAddress } from '../entry-address.js'
import type { TagAddress } from '../delete-tagged.js'
import { isJobType, type StoreJob } from '../store-job.js'
import { isValueKind, type ValueKind } from '../value-codec.js'
import type { ByteWriter } from './byte-writer.js'
import type { ByteReader } from './byte-reader.js'
import type { Frame } from './frame-reader.js'
import { MalformedMessageError, messages } from './protocol.js'

/** A value in a request: its bytes, or the name of the file that the follower wrote. */
export type SentValue =
  | { readonly bytes: Buffer }
  | { readonly blobName: string; /** CRC32 of the content. */ readonly checksum: number }

/** What a follower asks of the owner. */
export type Request =
  | { readonly type: 'find' | 'lease' | 'delete' | 'discard' | 'touch'; readonly entry: EntryAddress }
  | SetRequest
  | { readonly type: 'clear'; readonly namespace: string | undefined }
  | ({ readonly type: 'deleteByTag' } & TagAddress)
  | KeysRequest
  | JobRequest
  /** Ends a job that was asked for under this number. */
  | { readonly type: 'cancel'; readonly number: number }
  | { readonly type: 'compact' | 'ping' }

/** Stores a value. */
export interface SetRequest {
  readonly type: 'set'
  readonly entry: EntryAddress
  readonly kind: ValueKind
  /** 0 means never. */
  readonly ttlSeconds: number
  readonly tags: readonly string[]
  /** The value is stored only while this lease holds; 0: in any case. */
  readonly lease: number
  readonly value: SentValue
}

/** Asks for some of the keys that begin with a prefix: those behind `after`. Both in their stored form. */
export interface KeysRequest {
  readonly type: 'keys'
  readonly namespace: string
  readonly prefix: string
  readonly after: string | undefined
}

/** Asks for a long job. */
export interface JobRequest {
  readonly type: 'job'
  /** Chosen by the follower, different for each of its jobs. */
  readonly number: number
  readonly job: StoreJob
}

/** Texts of that many UTF-16 units fit into a frame for certain. */
const longestTexts = 4_000_000

/** Whether a request with these texts fits into a frame. */
export function isSendable(texts: readonly string[]): boolean {
  return texts.reduce((total, text) => total + text.length, 0) <= longestTexts
}

/** What is to be sent late of a request: what was set since, by whomever, must not be replaced by an older value. */
export function withoutValue(request: Request): Request {
  return request.type === 'set' ? { type: 'delete', entry: request.entry } : request
}

/** Writes the frame of a request. */
export function encodeRequest(writer: ByteWriter, request: Request, id: number): void {
  writer.begin(messages[isLeased(request) ? 'leasedSet' : request.type], id)
  if ('entry' in request) writer.text(request.entry.namespace).text(request.entry.text)
  if (isLeased(request)) writer.f64(request.lease)
  if (request.type === 'set') writeSet(writer, request)
  else if (request.type === 'clear') writeOptional(writer, request.namespace)
  else if (request.type === 'deleteByTag') writer.text(request.namespace).text(request.tag)
  else if (request.type === 'keys') {
    writer.text(request.namespace).text(request.prefix)
    writeOptional(writer, request.after)
  } else if (request.type === 'job') writer.u32(request.number).text(request.job.type).text(request.job.file)
  else if (request.type === 'cancel') writer.u32(request.number)
  writer.end()
}

/** The request in a frame. @throws MalformedMessageError when it is none */
export function decodeRequest({ message, body }: Frame): Request {
  switch (message) {
    case messages.find:
      return { type: 'find', entry: readEntry(body) }
    case messages.lease:
      return { type: 'lease', entry: readEntry(body) }
    case messages.set:
      return readSet(body, false)
    case messages.leasedSet:
      return readSet(body, true)
    case messages.delete:
      return { type: 'delete', entry: readEntry(body) }
    case messages.discard:
      return { type: 'discard', entry: readEntry(body) }
    case messages.touch:
      return { type: 'touch', entry: readEntry(body) }
    case messages.clear:
      return { type: 'clear', namespace: readOptional(body) }
    case messages.deleteByTag:
      return { type: 'deleteByTag', namespace: body.text(), tag: body.text() }
    case messages.keys:
      return { type: 'keys', namespace: body.text(), prefix: body.text(), after: readOptional(body) }
    case messages.job:
      return readJob(body)
    case messages.cancel:
      return { type: 'cancel', number: body.u32() }
    case messages.compact:
      return { type: 'compact' }
    case messages.ping:
      return { type: 'ping' }
    default:
      throw new MalformedMessageError(`Cannot read message ${message}: it is no request`)
  }
}

function isLeased(request: Request): request is SetRequest {
  return request.type === 'set' && request.lease !== 0
}

function writeSet(writer: ByteWriter, { kind, ttlSeconds, tags, value }: SetRequest): void {
  writer.u8(kind).f64(ttlSeconds).u32(tags.length)
  for (const tag of tags) writer.text(tag)
  if ('bytes' in value) writer.u8(0).bytes(value.bytes)
  else writer.u8(1).text(value.blobName).u32(value.checksum)
}

function readSet(body: ByteReader, isLeased: boolean): SetRequest {
  const entry = readEntry(body)
  const lease = isLeased ? body.f64() : 0
  const kind = body.u8()
  const ttlSeconds = body.f64()
  if (!isValueKind(kind) || !Number.isFinite(ttlSeconds) || ttlSeconds < 0)
    throw new MalformedMessageError('Cannot read set: kind or ttl is out of range')
  const tags: string[] = []
  for (let left = body.u32(); left > 0; left -= 1) tags.push(body.text())
  return { type: 'set', entry, lease, kind, ttlSeconds, tags, value: readValue(body) }
}

function readValue(body: ByteReader): SentValue {
  // A copy: the view would keep everything alive that came with it.
  if (body.u8() === 0) return { bytes: Buffer.from(body.rest()) }
  const blobName = body.text()
  if (!/^[0-9a-f]{64}$/.test(blobName)) throw new MalformedMessageError('Cannot read set: this names no blob')
  return { blobName, checksum: body.u32() }
}

function readJob(body: ByteReader): JobRequest {
  const number = body.u32()
  const [type, file] = [body.text(), body.text()]
  if (!isJobType(type) || file.includes('\0')) throw new MalformedMessageError('Cannot read job: there is no such job')
  return { type: 'job', number, job: { type, file } }
}

function readEntry(body: ByteReader): EntryAddress {
  const namespace = body.text()
  const text = body.text()
  return { namespace, text, address: addressPrefix(namespace) + text }
}

function writeOptional(writer: ByteWriter, text: string | undefined): void {
  if (text === undefined) writer.u8(0)
  else writer.u8(1).text(text)
}

function readOptional(body: ByteReader): string | undefined {
  return body.u8() === 0 ? undefined : body.text()
}
