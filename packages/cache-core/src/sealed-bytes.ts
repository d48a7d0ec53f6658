import { crc32 } from 'node:zlib'

const checksumLength = 4

/** Bytes behind a checksum over them and the key they are stored under. */
export function seal(key: string, content: Buffer): Buffer {
  const sealed = Buffer.allocUnsafe(checksumLength + content.length)
  sealed.writeUInt32LE(crc32(content, crc32(key)), 0)
  content.copy(sealed, checksumLength)
  return sealed
}

/** The bytes given to {@link seal}, or `undefined` when they were changed since. */
export function unseal(key: string, sealed: Buffer): Buffer | undefined {
  if (sealed.length < checksumLength) return undefined
  const content = sealed.subarray(checksumLength)
  return crc32(content, crc32(key)) === sealed.readUInt32LE(0) ? content : undefined
}
