import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { maskedCrc32c } from './crc32c.js'
import { damageError } from './level-database.js'
import { readFileOr } from './read-file-or.js'

/*
 * LevelDB's log format (doc/log_format.md of LevelDB): blocks of 32 KiB; in them records of a masked CRC-32C u32 over
 * type and content, a length u16, a type u8, and the content. What is left of a block is zeroed when no header fits.
 */
const blockLength = 32_768
const headerLength = 7
const typeOffset = 6

const nothing = Buffer.alloc(0)

/**
 * Rejects, as damaged, when a log in a directory is not what LevelDB wrote. LevelDB itself skips what it cannot read
 * and goes on behind it: what was overwritten or deleted there would come back.
 */
export async function checkLogs(location: string): Promise<void> {
  for (const name of await readdir(location)) {
    if (!/\.log$|^MANIFEST-/.test(name)) continue
    if (!isLogIntact(await readFileOr(join(location, name), nothing))) throw damageError(`log ${name} is damaged`)
  }
}

/** Whether all records of a log check out, but for a last one that was cut off: its writer was killed. */
export function isLogIntact(log: Buffer): boolean {
  let offset = 0
  while (offset < log.length) {
    const left = blockLength - (offset % blockLength)
    if (left < headerLength) {
      offset += left
      continue
    }
    if (offset + headerLength > log.length) return true
    const contentLength = log.readUInt16LE(offset + 4)
    const end = offset + headerLength + contentLength
    if (headerLength + contentLength > left) return false
    if (end > log.length) return true
    if (maskedCrc32c(log, offset + typeOffset, end) !== log.readUInt32LE(offset)) return false
    offset = end
  }
  return true
}
