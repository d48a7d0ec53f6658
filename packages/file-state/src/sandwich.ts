import { fstatSync } from 'node:fs'
import { type FileSignature, sameSignature, signatureOf } from './file-signature.js'
import type { OpenFile } from './open-file.js'

const mostAttempts = 3

/** What was read between two equal looks at a file, or the last attempt when there were no two equal looks. */
export interface Sandwich<Value> {
  readonly value: Value
  /** Of the look before the reading. */
  readonly signature: FileSignature
  /** Wall-clock time before the reading, nanoseconds since the epoch. */
  readonly readStartedNs: bigint
  /** Whether the look after the reading said the same. */
  readonly stable: boolean
}

/** How to read and how to tell the time. */
export interface SandwichOptions<Value> {
  /** Reads from the start; called again when the file changed under it. */
  readonly read: (signature: FileSignature) => Value | Promise<Value>
  /** Wall-clock time, nanoseconds since the epoch. */
  readonly nowNs: () => bigint
}

/** Reads on one descriptor between two `fstat` calls, and again, twice at most, when they differ. */
export async function readSandwich<Value>(file: OpenFile, options: SandwichOptions<Value>): Promise<Sandwich<Value>> {
  for (let attempt = 1; ; attempt += 1) {
    const readStartedNs = options.nowNs()
    const signature = signatureOf(fstatSync(file.descriptor, { bigint: true }))
    const value = await options.read(signature)
    const stable = sameSignature(signature, fstatSync(file.descriptor, { bigint: true }))
    if (stable || attempt === mostAttempts) return { value, signature, readStartedNs, stable }
  }
}
