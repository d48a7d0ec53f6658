import { isUtf8 } from 'node:buffer'
import type { CodeUnit } from './line-ends.js'

/** How the bytes of a file become text; `utf-8-lossy` has bytes that are not UTF-8 and decode to U+FFFD. */
export type TextEncoding = 'utf-8' | 'utf-8-lossy' | 'utf-16le' | 'utf-16be' | 'binary'

/** Bytes at the beginning of a file that decide whether it is text, as in git and ripgrep. */
export const encodingSampleBytes = 8192

/** What the beginning of a file says about all of it. */
export type TextKind = 'utf-8' | 'utf-16le' | 'utf-16be' | 'binary'

/** Tells text from binary: a NUL among the first 8 KiB means binary, except where a byte order mark says UTF-16. */
export function textKindOf(bytes: Uint8Array): TextKind {
  const sample = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, encodingSampleBytes))
  const marked = utf16Mark(sample)
  if (marked !== undefined) return hasNulCharacter(sample) ? 'binary' : marked
  return sample.includes(0) ? 'binary' : 'utf-8'
}

/** The encoding of bytes whose kind is known. */
export function encodingOf(bytes: Uint8Array, kind: TextKind): TextEncoding {
  if (kind !== 'utf-8') return kind
  return isUtf8(bytes) ? 'utf-8' : 'utf-8-lossy'
}

/** The text of bytes of a kind, a byte order mark included; what cannot be decoded becomes U+FFFD. */
export function decodeText(bytes: Uint8Array, kind: TextKind): string {
  if (kind === 'utf-16le' || kind === 'utf-16be') return new TextDecoder(kind, { ignoreBOM: true }).decode(bytes)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}

/** The unit in which line ends are looked for. */
export function codeUnitOf(kind: TextKind): CodeUnit {
  return kind === 'utf-16le' || kind === 'utf-16be' ? kind : 'byte'
}

function utf16Mark(sample: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le'
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be'
  return undefined
}

function hasNulCharacter(sample: Buffer): boolean {
  for (let offset = 0; offset + 1 < sample.length; offset += 2) {
    if (sample[offset] === 0 && sample[offset + 1] === 0) return true
  }
  return false
}
