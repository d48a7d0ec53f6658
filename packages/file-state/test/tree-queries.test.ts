import { expect, test } from 'vitest'
import type { FileSignature } from '../src/file-signature.js'
import { Tree } from '../src/tree.js'
import { changesSince, isWithin, subtreeSequenceOf } from '../src/tree-queries.js'

const signature: FileSignature = {
  dev: 1n,
  ino: 2n,
  size: 3n,
  mtimeNs: 4n,
  ctimeNs: 5n,
  mode: 0o100644n,
  uid: 0n,
  gid: 0n,
}

test('changesSince() is incomplete when more was removed than is remembered, and for a sequence of another tree', () => {
  const tree = new Tree()
  const names = Array.from({ length: 17_000 }, (_, index) => `file-${index}`)
  const slots = names.map((name) => tree.add(tree.root, name, { kind: 'file', signature }))
  const first = tree.sequence
  tree.remove(tree.root, names[0] ?? '', slots[0] ?? 0)
  expect(changesSince(tree, first, '')).toEqual({ complete: true, changed: [], removed: ['file-0'] })
  const second = tree.sequence
  for (const [index, name] of names.entries()) if (index > 0) tree.remove(tree.root, name, slots[index] ?? 0)
  const last = tree.sequence
  expect([first, second].map((sequence) => changesSince(tree, sequence, '').complete)).toEqual([false, false])
  expect(changesSince(tree, last - 100, '').removed).toEqual(names.slice(-100))
  expect(changesSince(tree, last, '')).toEqual({ complete: true, changed: [], removed: [] })
  expect(changesSince(tree, last + 1, '').complete).toBe(false)
})

test('subtreeSequenceOf() a scope that does not exist is the one of the nearest directory above', () => {
  const tree = new Tree()
  tree.add(tree.root, 'sub', { kind: 'directory', signature: { ...signature, mode: 0o040755n } })
  const before = tree.sequence
  tree.add(tree.root, 'file', { kind: 'file', signature })
  expect(subtreeSequenceOf(tree, 'sub/missing/deep')).toBe(before)
  expect(subtreeSequenceOf(tree, 'missing')).toBe(tree.sequence)
})

test('isWithin() keeps to whole names', () => {
  expect(['data', 'data/x', 'data2', 'dat'].map((path) => isWithin(path, 'data'))).toEqual([true, true, false, false])
  expect(isWithin('anything', '')).toBe(true)
})
