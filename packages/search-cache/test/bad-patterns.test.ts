import { expect, test } from 'vitest'
import { laterClock, searchBench, type SearchProcess } from './support/search-bench.js'

async function failure(
  process: SearchProcess,
  pattern: string,
  scope = '',
): Promise<{ code: unknown; message: unknown }> {
  try {
    await process.cache.grep({ operation: 'grep', pattern, scope })
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { code: error.code, message: error.message }
    throw error
  }
  return { code: undefined, message: undefined }
}

test.each([
  ['foo(', 'Cannot search for "foo(": unclosed group'],
  ['[z-a]', 'Cannot search for "[z-a]": invalid character class range, the start must be <= the end'],
  ['a{3,1}', 'Cannot search for "a{3,1}": invalid repetition count range, the start must be <= the end'],
  ['a\nb', 'Cannot search for "a\nb": the literal "\\n" is not allowed in a regex'],
  ['(?=x)', 'Cannot search for "(?=x)": look-around, including look-ahead and look-behind, is not supported'],
  ['x\0y', 'Cannot search for "x\0y": it contains a NUL character'],
  ['x\ud800', 'Cannot search for "x\ud800": it is not valid Unicode'],
  ['x'.repeat(200_000), `Cannot search for "${'x'.repeat(200)}…": it has 200000 bytes, more than 100000`],
])('grep() for %j says what ripgrep says', async (pattern, message) => {
  using bench = searchBench({ 'a.txt': 'x' })
  await using process = await bench.open({ clock: laterClock() })
  expect(await failure(process, pattern)).toEqual({ code: 'SEARCH_INVALID_PATTERN', message })
  expect(process.cache.stats()).toEqual({ hits: 0, misses: 0, repaired: 0, stale: 0 })
})

test('grep() rejects an invalid pattern where there is nothing to search', async () => {
  using bench = searchBench({ 'empty/': '' })
  await using process = await bench.open({ clock: laterClock() })
  expect(await failure(process, 'foo(', 'empty')).toMatchObject({ code: 'SEARCH_INVALID_PATTERN' })
})

test('grep() rejects an empty pattern and a scope that is not there', async () => {
  using bench = searchBench({ 'a.txt': 'x' })
  await using process = await bench.open({ clock: laterClock() })
  expect(await failure(process, '')).toMatchObject({ code: 'SEARCH_EMPTY_PATTERN' })
  expect(await failure(process, 'x', 'nowhere')).toEqual({
    code: 'SEARCH_SCOPE_NOT_FOUND',
    message: 'Cannot search in "nowhere": no such file or directory',
  })
  expect(await failure(process, 'x', 'a.txt/b')).toMatchObject({ code: 'SEARCH_SCOPE_NOT_FOUND' })
  expect(await failure(process, 'x', '../')).toMatchObject({ code: 'PATH_OUTSIDE_ROOT' })
})

test('grep() takes a pattern that would take a backtracking engine for ever', async () => {
  using bench = searchBench({ 'a.txt': `${'a'.repeat(50_000)}!\n` })
  await using process = await bench.open({ clock: laterClock() })
  const result = await process.cache.grep({ operation: 'grep', pattern: '(a+)+$', scope: '' })
  expect(result.totalMatches).toBe(0)
})

test('find() rejects an empty pattern and a glob that cannot be read', async () => {
  using bench = searchBench({ 'a.txt': 'x' })
  await using process = await bench.open({ clock: laterClock() })
  const find = (pattern: string): Promise<unknown> => process.cache.find({ operation: 'find', pattern, scope: '' })
  await expect(find('')).rejects.toMatchObject({ code: 'SEARCH_EMPTY_PATTERN' })
  await expect(find('a/{b')).rejects.toMatchObject({ code: 'SEARCH_INVALID_PATTERN' })
})
