import { execFileSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, test } from 'vitest'

const fixture = fileURLToPath(new URL('../fixtures/unreadable-directory.mjs', import.meta.url))
const nobody = 65_534
/** Root may read everything, so that the tools run as somebody else then. */
const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}
const startsAsUser = canStart()

test.skipIf(!startsAsUser)('what may not be read is refused by itself and left out of what lies around it', () => {
  using directory = temporaryDirectory()
  writeTree(directory.path, { 'open.txt': 'word\n', 'closed/a.txt': 'word\n', 'secret.txt': 'word\n' })
  chmodSync(directory.path, 0o755)
  chmodSync(join(directory.path, 'closed'), 0o000)
  chmodSync(join(directory.path, 'secret.txt'), 0o000)
  const calls = [
    ['cat', { path: 'secret.txt' }],
    ['ls', { path: 'closed' }],
    ['find', { path: 'closed' }],
    ['grep', { pattern: 'word', path: 'closed' }],
    ['grep', { pattern: 'word', path: 'secret.txt' }],
    ['grep', { pattern: 'word' }],
    ['find', { type: 'file' }],
  ]
  const output = execFileSync(process.execPath, [fixture, directory.path, JSON.stringify(calls)], { ...user })
  const answers: { text: string; data: unknown; error: { code: string } | null }[] = JSON.parse(output.toString())
  chmodSync(join(directory.path, 'closed'), 0o755)
  expect(answers.slice(0, 5).map(({ error }) => error?.code)).toEqual(
    Array.from({ length: 5 }, () => 'PERMISSION_DENIED'),
  )
  expect(answers[5]).toMatchObject({
    text: 'open.txt:1:word\n',
    data: { skipped: { unreadable: ['closed', 'secret.txt'], binary: 0 } },
    error: null,
  })
  expect(answers[6]).toMatchObject({ text: 'open.txt\nsecret.txt\n', data: { unreadable: ['closed'] }, error: null })
})

function canStart(): boolean {
  try {
    execFileSync(process.execPath, ['--check', fixture], { ...user, stdio: 'ignore' })
    return true
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}
