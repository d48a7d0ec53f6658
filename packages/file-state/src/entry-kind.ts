const typeMask = 0o170000n
const directoryType = 0o040000n
const fileType = 0o100000n
const symlinkType = 0o120000n

/** What an entry of a directory is; `other` stands for FIFOs, sockets and devices. */
export type EntryKind = 'file' | 'directory' | 'symlink' | 'other'

/** Reads the kind of an entry from the type bits of its mode. */
export function kindOfMode(mode: bigint): EntryKind {
  const type = mode & typeMask
  if (type === fileType) return 'file'
  if (type === directoryType) return 'directory'
  return type === symlinkType ? 'symlink' : 'other'
}
