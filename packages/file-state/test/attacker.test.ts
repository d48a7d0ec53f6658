import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DataRoot } from '../src/data-root.js'
import { FileStateError } from '../src/file-state-error.js'
import { systemErrorCode } from '../src/system-error.js'
import { TreeIndex } from '../src/tree-index.js'
import { countDescriptors, textOf } from './support.js'

const fixture = fileURLToPath(new URL('fixtures/flip-directory.mjs', import.meta.url))
const secret = 'secret outside'
const targets = ['victim/file', 'victim/sub/file', 'single']
const reads = 9_000
const scans = 200

test('while a process flips a directory and a symbolic link, no byte and no name from outside is seen', async () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'root/victim/file': 'inside', 'root/victim/sub/file': 'inside', 'root/single': 'inside' })
  writeTree(directory.path, { 'outside/file': secret, 'outside/only-outside': secret, 'outside/sub/file': secret })
  const path = directory.join('root')
  const descriptors = countDescriptors()
  const attacker = fork(fixture, [path, directory.join('outside')], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  try {
    await once(attacker, 'message')
    using root = await DataRoot.open(path)
    const seen = await readOften(root)
    expect(seen.leaked).toBe(0)
    expect(seen.inside).toBeGreaterThan(0)
    expect(seen.refused).toBeGreaterThan(0)
    expect(naiveLeaks(path)).toBeGreaterThan(0)
    expect(await scanOften(root)).toEqual([])
  } finally {
    attacker.kill('SIGKILL')
    await once(attacker, 'exit')
  }
  expect(countDescriptors()).toBeLessThanOrEqual(descriptors)
})

async function readOften(root: DataRoot): Promise<{ inside: number; refused: number; leaked: number }> {
  const seen = { inside: 0, refused: 0, leaked: 0 }
  for (let round = 0; round < reads; round += 1) {
    try {
      const text = textOf(await root.readFile(targets[round % targets.length] ?? ''))
      if (text === 'inside') seen.inside += 1
      else seen.leaked += 1
      if (root.list('victim').some(({ name }) => name === 'only-outside')) seen.leaked += 1
    } catch (error) {
      if (!(error instanceof FileStateError)) throw error
      if (error.code === 'PATH_OUTSIDE_ROOT') seen.refused += 1
    }
  }
  return seen
}

/** Names and sizes that only exist outside, as far as the index ever held them. */
async function scanOften(root: DataRoot): Promise<readonly string[]> {
  await using index = await TreeIndex.open({ root })
  const leaked = new Set<string>()
  for (let round = 0; round < scans; round += 1) {
    await index.sync()
    for (const { path, name, kind, signature } of index.walk('')) {
      if (name === 'only-outside') leaked.add(path)
      if (kind === 'file' && signature.size !== BigInt('inside'.length)) leaked.add(path)
    }
  }
  return [...leaked]
}

/** What a check of the path before the reading lets through. */
function naiveLeaks(root: string): number {
  let leaks = 0
  for (let round = 0; round < reads; round += 1) {
    try {
      if (readFileSync(`${root}/victim/file`, 'utf8') === secret) leaks += 1
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error
    }
  }
  return leaks
}
