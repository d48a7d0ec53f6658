import { ByteReader } from './sharing/byte-reader.js'
import { ByteWriter } from './sharing/byte-writer.js'
import { frameHeaderBytes, MalformedMessageError } from './sharing/protocol.js'
import { isValueKind, type ValueKind } from './value-codec.js'

/*
 * Backup format 1, little-endian. A frame is: length u32 of what follows | mark u8 | number u32 | body.
 *
 *   "FSACBKUP" | version u32
 *   for each entry, the least recently used first:
 *     frame, mark 1, number counted from 0:
 *       kind u8 | createdAt f64 ms | expiresAt f64 ms, 0 never | size f64 | length f64 of the value
 *       | namespace, key: length u32, UTF-8 | tags: count u32, then each as the key
 *     the value as it was encoded | crc32 u32 over frame and value
 *   frame, mark 2, number of entries: sum f64 of the sizes | crc32 u32 over all checksums of the entries, in order
 *   crc32 u32 over that frame
 *
 * Namespaces, keys and tags are escaped as in the database, sizes are what counted against the size limit.
 */
export const backupMagic = Buffer.from('FSACBKUP')
export const backupVersion = 1

/** Bytes before the first frame. */
export const backupStartBytes = backupMagic.length + 4

/** Bytes of a checksum. */
export const checksumBytes = 4

const marks = { entry: 1, end: 2 } as const

/** What a backup says about an entry besides its value. */
export interface BackupHead {
  readonly kind: ValueKind
  readonly createdAt: number
  /** Milliseconds since the epoch; 0 means never. */
  readonly expiresAt: number
  /** What the entry counted against the size limit, in bytes. */
  readonly sizeBytes: number
  /** Bytes of the value. */
  readonly length: number
  /** Escaped, as key and tags are. */
  readonly namespace: string
  readonly text: string
  readonly tags: readonly string[]
}

/** What the end of a backup says about all of it. */
export interface BackupTotals {
  readonly entries: number
  readonly sizeBytes: number
  /** Checksum over the checksums of the entries. */
  readonly checksum: number
}

/** A frame of a backup, taken apart. */
export type BackupFrame =
  | { readonly type: 'entry'; readonly index: number; readonly head: BackupHead }
  | { readonly type: 'end'; readonly totals: BackupTotals }

/** What a backup begins with. */
export function backupStart(): Buffer {
  const start = Buffer.alloc(backupStartBytes)
  backupMagic.copy(start)
  start.writeUInt32LE(backupVersion, backupMagic.length)
  return start
}

/** A checksum as it is written. */
export function encodeChecksum(checksum: number): Buffer {
  const bytes = Buffer.alloc(checksumBytes)
  bytes.writeUInt32LE(checksum)
  return bytes
}

/** The frame before a value. */
export function encodeHead(head: BackupHead, index: number): Buffer {
  const { kind, createdAt, expiresAt, sizeBytes, length, namespace, text, tags } = head
  const writer = new ByteWriter().begin(marks.entry, index)
  writer.u8(kind).f64(createdAt).f64(expiresAt).f64(sizeBytes).f64(length)
  writer.text(namespace).text(text).u32(tags.length)
  for (const tag of tags) writer.text(tag)
  writer.end()
  return writer.take()
}

/** The last frame. */
export function encodeTotals({ entries, sizeBytes, checksum }: BackupTotals): Buffer {
  const writer = new ByteWriter().begin(marks.end, entries)
  writer.f64(sizeBytes).u32(checksum).end()
  return writer.take()
}

/** The frame in these bytes; `undefined` when it is none. */
export function decodeFrame(frame: Buffer): BackupFrame | undefined {
  const mark = frame.readUInt8(4)
  const number = frame.readUInt32LE(5)
  const body = new ByteReader(frame.subarray(frameHeaderBytes))
  try {
    if (mark === marks.end) {
      const totals = { entries: number, sizeBytes: body.f64(), checksum: body.u32() }
      return { type: 'end', totals }
    }
    const head = mark === marks.entry ? decodeHead(body) : undefined
    return head === undefined ? undefined : { type: 'entry', index: number, head }
  } catch (error) {
    if (error instanceof MalformedMessageError) return undefined
    throw error
  }
}

function decodeHead(body: ByteReader): BackupHead | undefined {
  const kind = body.u8()
  const times = { createdAt: body.f64(), expiresAt: body.f64() }
  const sizes = { sizeBytes: body.f64(), length: body.f64() }
  const [namespace, text] = [body.text(), body.text()]
  const tags: string[] = []
  for (let left = body.u32(); left > 0; left -= 1) tags.push(body.text())
  const areWhole = [...Object.values(times), ...Object.values(sizes)].every((number) => number >= 0)
  if (!isValueKind(kind) || !areWhole || !Number.isSafeInteger(sizes.length)) return undefined
  return { kind, ...times, ...sizes, namespace, text, tags }
}
