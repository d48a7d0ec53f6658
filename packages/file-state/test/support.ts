import { readdirSync } from 'node:fs'
import { mountedFileSystem, type MountKind } from '@fsagent/testing'
import { FileStateError } from '../src/file-state-error.js'

/** The code of the `FileStateError` that an action throws; `undefined` when it throws nothing. */
export function codeOf(action: () => unknown): string | undefined {
  try {
    action()
  } catch (error) {
    if (error instanceof FileStateError) return error.code
    throw error
  }
  return undefined
}

/** What was read, as text. */
export function textOf({ bytes }: { readonly bytes: Uint8Array }): string {
  return Buffer.from(bytes).toString('utf8')
}

/** How many descriptors this process has open. */
export function countDescriptors(): number {
  return readdirSync('/proc/self/fd').length
}

/** Runs an action without the rights of root; answers why it could not. */
export async function asOrdinaryUser(action: () => Promise<void>): Promise<string | undefined> {
  if (process.geteuid?.() === undefined) return 'the system has no users'
  const isRoot = process.geteuid() === 0
  if (isRoot) process.seteuid?.(65_534)
  try {
    await action()
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
  return undefined
}

/** A fresh file system of a kind, or a visible skip of the test with the reason. */
export function mountOrSkip(
  kind: MountKind,
  context: { readonly skip: (reason: string) => never },
): Disposable & { readonly path: string } {
  const mount = mountedFileSystem(kind)
  return mount.mounted ? mount : context.skip(mount.reason)
}
