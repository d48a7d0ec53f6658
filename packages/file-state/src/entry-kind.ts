const typeMask = 0o170000
const directoryType = 0o040000
const fileType = 0o100000
const symlinkType = 0o120000

/** What an entry of a directory is; `other` stands for FIFOs, sockets and devices. */
export type EntryKind = 'file' | 'directory' | 'symlink' | 'other'

/** Reads the kind of an entry from the type bits of its mode. */
export function kindOfMode(mode: bigint | number): EntryKind {
  const type = Number(mode) & typeMask
  if (type === fileType) return 'file'
  if (type === directoryType) return 'directory'
  return type === symlinkType ? 'symlink' : 'other'
}
