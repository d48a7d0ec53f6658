import { closeSync, fstatSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Leaves that many bytes of a disk free; answers how to give the others back. */
export function fillDisk(disk: string, leftBytes: number): () => void {
  const filler = join(disk, `filler-${Math.random()}`)
  const descriptor = openSync(filler, 'w')
  // What root may use beyond what others may is not told beforehand: write until nothing fits.
  for (const chunk of [Buffer.alloc(1_048_576), Buffer.alloc(4096)]) while (append(descriptor, chunk)) continue
  ftruncateSync(descriptor, Math.max(0, fstatSync(descriptor).size - leftBytes))
  closeSync(descriptor)
  return () => rmSync(filler)
}

function append(descriptor: number, chunk: Buffer): boolean {
  try {
    return writeSync(descriptor, chunk) > 0
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false
    throw error
  }
}
