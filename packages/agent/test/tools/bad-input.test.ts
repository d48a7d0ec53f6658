import { execFileSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openAgent, type TestAgent } from '../support/open-agent.js'

async function openHostileTree(): Promise<TestAgent> {
  const open = await openAgent({ 'a.txt': 'text\n', 'sub/b.txt': 'b\n', 'b.bin': new Uint8Array([0, 1, 2]) })
  writeFileSync(join(open.outside, 'secret.txt'), 'secret')
  symlinkSync(join(open.outside, 'secret.txt'), join(open.root, 'link-out'))
  symlinkSync(open.outside, join(open.root, 'directory-out'))
  symlinkSync('loop', join(open.root, 'loop'))
  execFileSync('mkfifo', [join(open.root, 'pipe')])
  return open
}

const readers = ['cat', 'head', 'tail', 'preview', 'wc', 'smart_read']

test.each([
  ['gone.txt', 'FILE_NOT_FOUND'],
  ['a.txt/x', 'NOT_A_DIRECTORY'],
  ['sub', 'IS_A_DIRECTORY'],
  ['.', 'IS_A_DIRECTORY'],
  ['../secret.txt', 'PATH_OUTSIDE_ROOT'],
  ['sub/../../secret.txt', 'PATH_OUTSIDE_ROOT'],
  ['/etc/passwd', 'PATH_OUTSIDE_ROOT'],
  ['link-out', 'PATH_OUTSIDE_ROOT'],
  ['directory-out/secret.txt', 'PATH_OUTSIDE_ROOT'],
  ['loop', 'SYMLINK_LOOP'],
  ['pipe', 'NOT_A_REGULAR_FILE'],
  ['a\0.txt', 'PATH_INVALID'],
])('every reading tool refuses %j with %s', async (path, code) => {
  await using open = await openHostileTree()
  for (const tool of readers) {
    const result = await open.agent.runTool(tool, { path })
    expect(result).toMatchObject({ tool, ok: false, text: '', data: null, next: null, error: { code } })
    expect(result.error?.message).not.toContain(open.outside)
  }
})

test.each(['cat', 'head', 'tail', 'smart_read'])('%s refuses a binary file', async (tool) => {
  await using open = await openHostileTree()
  const { error } = await open.agent.runTool(tool, { path: 'b.bin' })
  expect(error).toEqual({
    code: 'FILE_BINARY',
    message: 'Cannot read "b.bin" as text: it is a binary file of 3 bytes',
    details: { size: 3 },
  })
})

test.each([
  ['grep', { pattern: 'x', path: 'gone' }, ['FILE_NOT_FOUND', 'SEARCH_SCOPE_NOT_FOUND']],
  ['grep', { pattern: 'x', path: '..' }, ['PATH_OUTSIDE_ROOT']],
  ['grep', { pattern: 'x', path: 'directory-out' }, ['PATH_OUTSIDE_ROOT']],
  ['grep', { pattern: '' }, ['SEARCH_EMPTY_PATTERN']],
  ['grep', { pattern: '(' }, ['SEARCH_INVALID_PATTERN']],
  ['find', { path: 'gone' }, ['FILE_NOT_FOUND', 'SEARCH_SCOPE_NOT_FOUND']],
  ['find', { path: '/etc' }, ['PATH_OUTSIDE_ROOT']],
  ['find', { path: 'a\0b' }, ['PATH_INVALID']],
  ['ls', { path: 'directory-out' }, ['PATH_OUTSIDE_ROOT']],
  ['tree', { path: 'a.txt' }, ['NOT_A_DIRECTORY']],
])('%s %j fails with %j', async (tool, call, codes) => {
  await using open = await openHostileTree()
  const { error } = await open.agent.runTool(tool, call)
  expect(codes).toContain(error?.code)
  expect(error?.message).not.toContain(open.outside)
})

test.each([
  ['cat', {}, 'parameter "path": '],
  ['cat', { path: 7 }, 'parameter "path": '],
  ['cat', { path: 'a.txt', start_line: 0 }, 'parameter "start_line": '],
  ['cat', { path: 'a.txt', start_line: 5, end_line: 4 }, 'must not be smaller than start_line'],
  ['cat', { path: 'a.txt', start_line: 1.5 }, 'parameter "start_line": '],
  ['cat', { path: 'a.txt', limit: '10' }, 'parameter "limit": '],
  ['cat', { path: 'a.txt', lmit: 1 }, 'unknown parameter "lmit", did you mean "limit"?'],
  ['grep', { pattern: 'x', mode: 'all' }, 'parameter "mode": '],
  ['find', { extension: '*/..' }, 'must be an extension'],
  ['smart_cat', { paths: [] }, 'parameter "paths": '],
  ['cat', 'a.txt', 'the arguments: '],
  ['cat', null, 'the arguments: '],
])('%s %j is refused as TOOL_ARGUMENTS_INVALID', async (tool, call, reason) => {
  await using open = await openHostileTree()
  const { error } = await open.agent.runTool(tool, call)
  expect(error?.code).toBe('TOOL_ARGUMENTS_INVALID')
  expect(error?.message).toContain(reason)
})

test.each([
  ['gerp', 'did you mean "grep"?'],
  ['rm', 'there are grep, find,'],
  ['__proto__', 'there are grep, find,'],
])('the unknown tool %j is refused with a hint', async (tool, hint) => {
  await using open = await openHostileTree()
  const { error } = await open.agent.runTool(tool, {})
  expect(error?.code).toBe('TOOL_UNKNOWN')
  expect(error?.message).toContain(hint)
})

test('a tool call that takes too long is given up', async () => {
  await using open = await openAgent({ 'large.txt': 'x\n'.repeat(40_000_000) }, { commandTimeout: 1, maxFileSize: 1 })
  const paths = Array.from({ length: 50 }, () => 'large.txt')
  const result = await open.agent.runTool('smart_cat', { paths })
  expect(result.error).toMatchObject({ code: 'TOOL_TIMEOUT', details: { timeout_seconds: 1 } })
})
