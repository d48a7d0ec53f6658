import type { FileSignature, FileState } from '@fsagent/file-state'

/** Version of the stored form; a record of another version is a miss. */
const recordVersion = 1

/**
 * A file's bytes together with the state that they were read in: one record, because two records written one after
 * the other can describe different moments.
 */
export interface ContentRecord {
  readonly version: typeof recordVersion
  readonly state: FileState
  readonly bytes: Uint8Array
}

/** The record of bytes that were read in a state. */
export function contentRecord(bytes: Uint8Array, state: FileState): ContentRecord {
  return { version: recordVersion, state, bytes }
}

/** The record that a stored value is, or `undefined` when it is anything else. */
export function parseContentRecord(value: unknown): ContentRecord | undefined {
  if (!hasFields(value) || value.version !== recordVersion) return undefined
  const { state, bytes } = value
  if (!(bytes instanceof Uint8Array) || !isFileState(state)) return undefined
  if (BigInt(bytes.byteLength) !== state.signature.size) return undefined
  return { version: recordVersion, state, bytes }
}

const signatureFields = ['dev', 'ino', 'size', 'mtimeNs', 'ctimeNs', 'mode', 'uid', 'gid'] as const

function isFileState(value: unknown): value is FileState {
  if (!hasFields(value)) return false
  const { racy, contentHash, signature } = value
  return typeof racy === 'boolean' && typeof contentHash === 'string' && isSignature(signature)
}

function isSignature(value: unknown): value is FileSignature {
  return hasFields(value) && signatureFields.every((field) => typeof value[field] === 'bigint')
}

function hasFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
