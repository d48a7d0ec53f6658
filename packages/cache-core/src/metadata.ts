import { seal, unseal } from './sealed-bytes.js'

/*
 * Metadata format 1, little-endian, behind a checksum:
 *   0 version u8 | 1 blob u8 (0 or 1) | 2 sizeBytes f64 | 10 createdAt f64 | 18 expiresAt f64 | 26 stamp f64
 *   34 SHA-256 of the blob when there is one | then each tag: length u32, UTF-8
 */
const formatVersion = 1
const fixedLength = 34
const blobNameLength = 32

/** What is kept about an entry beside its value. */
export interface Metadata {
  /** Bytes of key, value and metadata. */
  readonly sizeBytes: number
  readonly createdAt: number
  /** Milliseconds since the epoch; 0 means never. */
  readonly expiresAt: number
  /** Place in the order of use: microseconds, unique. */
  readonly stamp: number
  /** SHA-256 in hexadecimal when the value is a blob. */
  readonly blobName: string | undefined
  readonly tags: readonly string[]
}

/** Bytes that the metadata of an entry take. */
export function metadataLength(hasBlob: boolean, tags: readonly string[]): number {
  const tagBytes = tags.reduce((total, tag) => total + 4 + Buffer.byteLength(tag), 0)
  return 4 + fixedLength + (hasBlob ? blobNameLength : 0) + tagBytes
}

/** The stored form, sealed under the key. */
export function encodeMetadata(key: string, metadata: Metadata): Buffer {
  const { blobName, tags } = metadata
  const content = Buffer.allocUnsafe(metadataLength(blobName !== undefined, tags) - 4)
  content[0] = formatVersion
  content[1] = blobName === undefined ? 0 : 1
  content.writeDoubleLE(metadata.sizeBytes, 2)
  content.writeDoubleLE(metadata.createdAt, 10)
  content.writeDoubleLE(metadata.expiresAt, 18)
  content.writeDoubleLE(metadata.stamp, 26)
  let offset = fixedLength
  if (blobName !== undefined) offset += content.write(blobName, offset, 'hex')
  for (const tag of tags) {
    const length = content.write(tag, offset + 4)
    content.writeUInt32LE(length, offset)
    offset += 4 + length
  }
  return seal(key, content)
}

/** The metadata, or `undefined` when they are damaged or of a format that this version does not know. */
export function decodeMetadata(key: string, sealed: Buffer): Metadata | undefined {
  const content = unseal(key, sealed)
  if (content === undefined || content.length < fixedLength || content[0] !== formatVersion) return undefined
  const hasBlob = content[1] === 1
  const tagsOffset = fixedLength + (hasBlob ? blobNameLength : 0)
  return {
    sizeBytes: content.readDoubleLE(2),
    createdAt: content.readDoubleLE(10),
    expiresAt: content.readDoubleLE(18),
    stamp: content.readDoubleLE(26),
    blobName: hasBlob ? content.toString('hex', fixedLength, tagsOffset) : undefined,
    tags: decodeTags(content, tagsOffset),
  }
}

function decodeTags(content: Buffer, start: number): readonly string[] {
  const tags: string[] = []
  let offset = start
  while (offset + 4 <= content.length) {
    const end = offset + 4 + content.readUInt32LE(offset)
    tags.push(content.toString('utf8', offset + 4, end))
    offset = end
  }
  return tags
}
