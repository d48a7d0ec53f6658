import { expect, test } from 'vitest'
import { ancestorsOf, baseName, comparePaths, isWithin, joinPath, parentPath, sortByPath } from '../src/path-order.js'

test('comparePaths() orders by the bytes of UTF-8', () => {
  const paths = ['a/b', 'a-b', 'a', 'é', '\uFF01', '😀', 'z', 'Z', 'a b', '\uE000']
  const byBytes = paths.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
  expect(paths.toSorted(comparePaths)).toEqual(byBytes)
  expect(sortByPath(paths.map((path) => ({ path }))).map(({ path }) => path)).toEqual(byBytes)
  const plain = byBytes.filter((path) => path !== '😀')
  expect(sortByPath(plain.toReversed().map((path) => ({ path }))).map(({ path }) => path)).toEqual(plain)
})

test('ancestorsOf() gives the directories above, the root first', () => {
  expect(ancestorsOf('')).toEqual([])
  expect(ancestorsOf('a')).toEqual([''])
  expect(ancestorsOf('a/b/c')).toEqual(['', 'a', 'a/b'])
})

test('isWithin() keeps to the boundaries of segments', () => {
  expect([
    isWithin('data2/x', 'data'),
    isWithin('data/x', 'data'),
    isWithin('data', 'data'),
    isWithin('x', ''),
  ]).toEqual([false, true, true, true])
})

test('parentPath(), baseName() and joinPath() take paths apart and together', () => {
  expect([
    parentPath('a/b'),
    parentPath('a'),
    baseName('a/b'),
    baseName('a'),
    joinPath('', 'a'),
    joinPath('a', 'b'),
  ]).toEqual(['a', '', 'b', 'a', 'a', 'a/b'])
})
