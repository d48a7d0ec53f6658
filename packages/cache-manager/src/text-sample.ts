import { isUtf8 } from 'node:buffer'
import { textKindOf } from '@fsagent/content-cache'

/** Bytes at the beginning of a file that tell text from everything else. */
export const sampleBytes = 8_192

/** Whether the beginning of a file is text: UTF-8 without NUL, or UTF-16 with a byte order mark. */
export function isTextSample(sample: Uint8Array): boolean {
  const kind = textKindOf(sample)
  if (kind !== 'utf-8') return kind !== 'binary'
  if (sample.length < sampleBytes) return isUtf8(sample)
  // A full sample may end inside a character.
  return [0, 1, 2, 3].some((cut) => isUtf8(sample.subarray(0, sample.length - cut)))
}
