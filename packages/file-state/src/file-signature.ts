import type { BigIntStats } from 'node:fs'

/**
 * What one `stat` says about a file, as far as a change of its content, owner or permissions shows in it.
 *
 * `ctimeNs` is the part that `touch -r`, `cp -p` and `rsync -t` cannot put back. Times are nanoseconds since the epoch,
 * `size` is bytes.
 */
export interface FileSignature {
  readonly dev: bigint
  readonly ino: bigint
  readonly size: bigint
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
  readonly mode: bigint
  readonly uid: bigint
  readonly gid: bigint
}

/** Takes the signature out of the result of a `stat` call made with `bigint: true`. */
export function signatureOf(stats: BigIntStats): FileSignature {
  return {
    dev: stats.dev,
    ino: stats.ino,
    size: stats.size,
    mtimeNs: stats.mtimeNs,
    ctimeNs: stats.ctimeNs,
    mode: stats.mode,
    uid: stats.uid,
    gid: stats.gid,
  }
}

/** Tells whether all eight fields are equal; those that change most often are compared first. */
export function sameSignature(left: FileSignature, right: FileSignature): boolean {
  return (
    left.ctimeNs === right.ctimeNs &&
    left.mtimeNs === right.mtimeNs &&
    left.size === right.size &&
    left.ino === right.ino &&
    left.dev === right.dev &&
    left.mode === right.mode &&
    left.uid === right.uid &&
    left.gid === right.gid
  )
}

/**
 * A short text that two signatures share only if all eight fields are equal.
 *
 * It writes the fields down in base 36 instead of hashing them: about 50 characters, and no two signatures can collide.
 */
export function fingerprint(signature: FileSignature): string {
  const { dev, ino, size, mtimeNs, ctimeNs, mode, uid, gid } = signature
  return [dev, ino, size, mtimeNs, ctimeNs, mode, uid, gid].map((field) => field.toString(36)).join('.')
}
