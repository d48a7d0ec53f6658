import { crc32 } from 'node:zlib'
import { crcTable, remainderOf } from './crc-table.js'
import { fastCrc32 } from './fast-crc32.js'
import { isValueKind, type ValueKind } from './value-codec.js'

/*
 * Record format 1, little-endian:
 *   0 version u8 | 1 kind u8 | 2 place u8 (0 inline, 1 blob) | 3 zero
 *   4 createdAt f64 ms | 12 expiresAt f64 ms | 20 length f64 | 28 crc32 u32 | 32 the value, or its blob's SHA-256
 * The checksum covers the header before it, the key and the value: LevelDB as shipped hands out flipped bytes without
 * an error, and a flipped expiry or a value under another key is as wrong as a flipped value.
 */
const formatVersion = 1
const headerLength = 32
const checksumOffset = 28
/** Of the polynomial that `zlib.crc32` uses. */
const remainders = crcTable(0xed_b8_83_20)
const lastAscii = 127
const places = { inline: 0, blob: 1 } as const

/** What a record says besides the value. */
interface RecordHeader {
  readonly kind: ValueKind
  readonly createdAt: number
  readonly expiresAt: number
}

/** What is to be written. */
export interface RecordContent extends RecordHeader {
  readonly value: Buffer
  /** SHA-256 in hexadecimal of the value when it is stored as a blob. */
  readonly blobName?: string | undefined
}

/** A record whose header can be read; the value is still to be checked with {@link isIntact}. */
export interface ParsedRecord extends RecordHeader {
  readonly length: number
  /** The value, or `undefined` when it is a blob. */
  readonly inline: Buffer | undefined
  readonly blobName: string | undefined
  readonly raw: Buffer
}

/** The bytes of a record under a key. */
export function encodeRecord(key: string, content: RecordContent): Buffer {
  const { value, blobName } = content
  const tail = blobName === undefined ? value : Buffer.from(blobName, 'hex')
  const record = Buffer.allocUnsafe(headerLength + tail.length)
  record[0] = formatVersion
  record[1] = content.kind
  record[2] = blobName === undefined ? places.inline : places.blob
  record[3] = 0
  record.writeDoubleLE(content.createdAt, 4)
  record.writeDoubleLE(content.expiresAt, 12)
  record.writeDoubleLE(value.length, 20)
  record.writeUInt32LE(checksum(key, record, value), checksumOffset)
  tail.copy(record, headerLength)
  return record
}

/** Bytes that a record takes around its inline value. */
export const recordOverheadBytes = headerLength

/** The parts of a record, or `undefined` when it is damaged or of a format that this version does not know. */
export function parseRecord(raw: Buffer): ParsedRecord | undefined {
  if (raw.length < headerLength || raw[0] !== formatVersion) return undefined
  const kind = raw[1] ?? 0
  const place = raw[2]
  if (!isValueKind(kind) || (place !== places.inline && place !== places.blob)) return undefined
  const tail = raw.subarray(headerLength)
  return {
    kind,
    createdAt: raw.readDoubleLE(4),
    expiresAt: raw.readDoubleLE(12),
    length: raw.readDoubleLE(20),
    inline: place === places.inline ? tail : undefined,
    blobName: place === places.blob ? tail.toString('hex') : undefined,
    raw,
  }
}

/** Whether a value is the one that the record was written with, under this key. */
export function isIntact(key: string, record: ParsedRecord, value: Buffer): boolean {
  return value.length === record.length && checksum(key, record.raw, value) === record.raw.readUInt32LE(checksumOffset)
}

function checksum(key: string, record: Buffer, value: Buffer): number {
  return fastCrc32(value, headChecksum(key, record))
}

/** Byte by byte, for these are few: to ask `zlib.crc32` takes a tenth of a microsecond however little there is. */
function headChecksum(key: string, record: Buffer): number {
  let crc = -1
  for (let offset = 0; offset < checksumOffset; offset += 1)
    crc = remainderOf(remainders, crc ^ (record[offset] ?? 0)) ^ (crc >>> 8)
  for (let index = 0; index < key.length; index += 1) {
    const unit = key.charCodeAt(index)
    if (unit > lastAscii) return crc32(key, crc32(record.subarray(0, checksumOffset)))
    crc = remainderOf(remainders, crc ^ unit) ^ (crc >>> 8)
  }
  return (crc ^ -1) >>> 0
}
