import { closeSync, futimesSync, openSync, statSync, utimesSync, writeFileSync, writeSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { type MountKind, temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { mountOrSkip } from './support.js'

const rounds = 1_000
const mounts: readonly MountKind[] = ['ramfs', 'tmpfs', 'ext4-128', 'ext4-256']

/** A file that is rewritten in place with the same size and gets its mtime back, by either system call. */
class Rewriter implements Disposable {
  readonly #path: string
  readonly #descriptor: number
  #round = 0

  constructor(directory: string) {
    this.#path = `${directory}/file`
    writeFileSync(this.#path, '00000000')
    this.#descriptor = openSync(this.#path, 'r+')
  }

  rewrite(): void {
    this.#round += 1
    const { atimeNs, mtimeNs } = statSync(this.#path, { bigint: true })
    const times = [Number(atimeNs) / 1e9, Number(mtimeNs) / 1e9] as const
    writeSync(this.#descriptor, String(this.#round).padStart(8, '0'), 0)
    if (this.#round % 2 === 0) futimesSync(this.#descriptor, ...times)
    else utimesSync(this.#path, ...times)
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor)
  }
}

test('a file rewritten right after it was read, mtime put back, is never proved in the temporary directory', async () => {
  using directory = temporaryDirectory()
  expect((await rewriteAfterEachReading(directory.path)).wronglyProved).toBe(0)
})

test.for(mounts)(
  'a file rewritten right after it was read, mtime put back, is never proved on %s',
  async (kind, context) => {
    using mount = mountOrSkip(kind, context)
    expect((await rewriteAfterEachReading(mount.path)).wronglyProved).toBe(0)
  },
)

test('the signature alone would be wrong: most rewrites on ext4 with 128-byte inodes do not show in it', async (context) => {
  using mount = mountOrSkip('ext4-128', context)
  expect((await rewriteAfterEachReading(mount.path)).sameSignature).toBeGreaterThan(rounds / 2)
})

test.for<readonly [MountKind, number]>([
  ['ramfs', 5],
  ['tmpfs', 5],
  ['ext4-256', 5],
  ['ext4-128', 1],
])('a signature that is clean on %s differs after a rewrite with mtime put back', async ([kind, times], context) => {
  using mount = mountOrSkip(kind, context)
  using file = new Rewriter(mount.path)
  using root = await DataRoot.open(mount.path)
  for (let round = 0; round < times; round += 1) {
    const clean = await readUntilClean(root)
    expect(root.proveSync('file', clean.signature)).toBe(true)
    file.rewrite()
    expect(root.proveSync('file', clean.signature)).toBe(false)
  }
})

test('a racy reading stays racy however late it is asked about', async () => {
  using directory = temporaryDirectory()
  using root = await DataRoot.open(directory.path)
  const { signature, readStartedNs } = await readWhileRacy(root)
  await readUntilClean(root)
  expect(root.isRacy('file', signature, readStartedNs)).toBe(true)
})

async function rewriteAfterEachReading(path: string): Promise<{ wronglyProved: number; sameSignature: number }> {
  using file = new Rewriter(path)
  using root = await DataRoot.open(path)
  let wronglyProved = 0
  let sameSignature = 0
  for (let round = 0; round < rounds; round += 1) {
    const before = await root.readFile('file')
    file.rewrite()
    const after = await root.readFile('file')
    expect(Buffer.from(after.bytes)).not.toEqual(Buffer.from(before.bytes))
    const proved = root.proveSync('file', before.signature)
    if (proved) sameSignature += 1
    if (proved && !before.racy) wronglyProved += 1
  }
  return { wronglyProved, sameSignature }
}

/** Writes and reads until that takes no longer than the kernel's clock stands still: a busy machine may be slow at it. */
async function readWhileRacy(root: DataRoot): Promise<Awaited<ReturnType<DataRoot['readFile']>>> {
  for (;;) {
    writeFileSync(`${root.path}/file`, 'x')
    const result = await root.readFile('file')
    if (result.racy) return result
  }
}

/** Waits for the kernel's clock, which no test can set. */
async function readUntilClean(root: DataRoot): Promise<Awaited<ReturnType<DataRoot['readFile']>>> {
  for (;;) {
    const result = await root.readFile('file')
    if (!result.racy) return result
    await setImmediate()
  }
}
