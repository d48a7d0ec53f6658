import { deserialize, serialize } from 'node:v8'
import { copyBytes } from './copied-bytes.js'
import { isWellFormed } from './well-formed-text.js'

/** How the bytes of a value are to be read; the numbers are part of record format 1. */
export const valueKinds = { string: 1, bytes: 2, structured: 3 } as const

/** One of {@link valueKinds}. */
export type ValueKind = (typeof valueKinds)[keyof typeof valueKinds]

/** A value as it is stored. */
export interface EncodedValue {
  readonly kind: ValueKind
  /** Owned by the store: never memory that the caller can write to. */
  readonly bytes: Buffer
}

/**
 * The bytes of a value.
 *
 * @throws TypeError when it is neither a string, nor bytes, nor something the structured clone algorithm copies
 */
export function encodeValue(value: unknown): EncodedValue {
  if (typeof value === 'string' && isWellFormed(value)) return { kind: valueKinds.string, bytes: Buffer.from(value) }
  if (isPlainBytes(value)) return { kind: valueKinds.bytes, bytes: Buffer.from(value) }
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol')
    throw new TypeError(`Cannot store value of type ${typeof value}: it has no stored form`)
  try {
    return { kind: valueKinds.structured, bytes: serialize(value) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new TypeError(`Cannot store value: ${reason}`, { cause: error })
  }
}

/** The value of bytes that {@link encodeValue} made; throws when they are not such. */
export function decodeValue(kind: ValueKind, bytes: Buffer): unknown {
  if (kind === valueKinds.string) return bytes.toString()
  if (kind === valueKinds.bytes) return copyBytes(bytes)
  const value: unknown = deserialize(bytes)
  return value
}

/** Whether a number read from disk is a kind that this version knows. */
export function isValueKind(kind: number): kind is ValueKind {
  return kind === valueKinds.string || kind === valueKinds.bytes || kind === valueKinds.structured
}

/** Bytes without a class of their own: other views keep their type as structured values. */
function isPlainBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array
}
