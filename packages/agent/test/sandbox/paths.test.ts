import { closeSync, openSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import { expect, onTestFinished, test } from 'vitest'
import { createAgent } from '../../src/create-agent.js'
import { openAgent, type TestAgent } from '../support/open-agent.js'
import { codesOf, everyCall, leaks, runAll, saidBy, secretName, secretText } from './support/every-tool.js'
import { codeOf, naiveTools } from './support/naive-tools.js'

/** A root with every kind of link that leads astray, beside a directory whose name begins like the root's. */
async function openHostileTree(): Promise<TestAgent> {
  const open = await openAgent({ 'a.txt': 'inside\n', 'sub/b.txt': 'inside\n', 'sub/deeper/c.txt': 'inside\n' })
  const { root, outside } = open
  const secrets = { 'secret.txt': `${secretText}\n`, [`${secretName}.txt`]: `${secretText}\n` }
  writeTree(outside, Object.fromEntries(Object.entries(secrets).map(([name, text]) => [`outside/${name}`, text])))
  writeTree(outside, Object.fromEntries(Object.entries(secrets).map(([name, text]) => [`data-evil/${name}`, text])))
  const descriptor = openSync(join(outside, 'outside/secret.txt'), 'r')
  onTestFinished(() => closeSync(descriptor))
  writeTree(root, {
    'to-file': { link: join(outside, 'outside/secret.txt') },
    'to-directory': { link: join(outside, 'outside') },
    'relative-file': { link: '../outside/secret.txt' },
    'sub/relative-directory': { link: '../../outside' },
    'to-sibling': { link: '../data-evil' },
    'through-root': { link: join(root, '../outside') },
    'chain-1': { link: 'chain-2' },
    'chain-2': { link: 'sub/chain-3' },
    'sub/chain-3': { link: '../to-directory' },
    'there-and-back': { link: '../data/../outside' },
    'proc-root': { link: `/proc/self/root${outside}/outside` },
    'proc-cwd': { link: '/proc/self/cwd' },
    'proc-descriptor': { link: `/proc/self/fd/${descriptor}` },
    loop: { link: 'loop' },
    'loop-1': { link: 'sub/loop-2' },
    'sub/loop-2': { link: '../loop-1' },
    'inner-file': { link: 'sub/b.txt' },
    'inner-directory': { link: 'sub' },
    'inner-chain': { link: 'inner-directory/deeper' },
  })
  return open
}

const leadsOutside = [
  '../outside/secret.txt',
  'sub/../../outside/secret.txt',
  './/sub/.././../outside/secret.txt',
  '../data-evil/secret.txt',
  'data/../../data-evil/secret.txt',
  'OUTSIDE/outside/secret.txt',
  'OUTSIDE/data-evil/secret.txt',
  'ROOT/../outside/secret.txt',
  'ROOT-evil/secret.txt',
  '/proc/self/environ',
  '/proc/self/rootOUTSIDE/outside/secret.txt',
  '/dev/stdin',
  'to-file',
  'to-directory/secret.txt',
  'to-directory/nothing-there.txt',
  'to-directory/../a.txt',
  'relative-file',
  'sub/relative-directory/secret.txt',
  'to-sibling/secret.txt',
  'through-root/secret.txt',
  'chain-1/secret.txt',
  'there-and-back/secret.txt',
  'proc-root/secret.txt',
  'proc-cwd/package.json',
  'proc-descriptor',
]
/** Of these a check of the beginning of the resolved path lets nothing through; of all others it reads the secret. */
const refusedByNaiveToo = [
  /^\.\.\/outside/,
  /^sub\/\.\.\/\.\./,
  /^\.\/\//,
  /^OUTSIDE\/outside/,
  /^ROOT\/\.\./,
  /^\/(proc|dev)/,
  /^data\/\.\./,
]

test('every tool refuses each path that leads outside, asked once and again, and shows nothing of it', async () => {
  await using open = await openHostileTree()
  for (const given of leadsOutside) {
    const path = spelled(given, open)
    for (const results of [await runAll(open.agent, everyCall(path)), await runAll(open.agent, everyCall(path))]) {
      expect(new Set(codesOf(results)), given).toEqual(new Set(['PATH_OUTSIDE_ROOT']))
      expect(results.filter(leaks), given).toEqual([])
      // The caller's own words come back; no absolute path does that the caller did not know.
      expect(results.map(saidBy).join('').replaceAll(path, ''), given).not.toContain(open.outside)
    }
  }
})

test('a naive check lets most of these paths through', async () => {
  await using open = await openHostileTree()
  const naive = naiveTools(open.root)
  const readable = leadsOutside.filter((path) => !refusedByNaiveToo.some((pattern) => pattern.test(path)))
  const read = (given: string): string | undefined => naive.read(spelled(given, open))
  const exceptions = new Set(['to-directory/nothing-there.txt', 'to-directory/../a.txt', 'proc-cwd/package.json'])
  const leaked = readable.filter((path) => read(path)?.includes(secretText) === true)
  expect(leaked).toEqual(readable.filter((path) => !exceptions.has(path)))
  expect(leaked.length).toBeGreaterThan(10)
  // There and gone are told apart by a naive check, so that names outside can be tried.
  expect([codeOf(() => naive.cat('to-directory/nothing-there.txt')), read('proc-cwd/package.json')]).not.toContain(
    'PATH_OUTSIDE_ROOT',
  )
})

test('every tool refuses loops and what can name no file with a code of its own', async () => {
  await using open = await openHostileTree()
  const refused = {
    SYMLINK_LOOP: ['loop', 'loop-1', 'loop-1/x'],
    PATH_INVALID: ['a.txt\0.md', '\0', '../outside/secret.txt\0', 'x'.repeat(256), 'd/'.repeat(10_000), '\uD800'],
  }
  for (const [code, paths] of Object.entries(refused)) {
    for (const path of paths) {
      const results = await runAll(open.agent, everyCall(path))
      expect(new Set(codesOf(results)), path.slice(0, 30)).toEqual(new Set([code]))
      expect(results.filter(leaks)).toEqual([])
    }
  }
  // A naive tool hands these to the system, whose words for them are its own.
  const naive = naiveTools(open.root)
  expect(['a.txt\0.md', 'd/'.repeat(10_000)].map((path) => codeOf(() => naive.cat(path)))).not.toContain('PATH_INVALID')
})

test('links that stay inside work, and searches from the root follow none', async () => {
  await using open = await openHostileTree()
  for (const path of ['inner-file', 'inner-directory/b.txt', 'inner-chain/c.txt', 'inner-chain/../b.txt']) {
    expect(await open.agent.runTool('cat', { path }), path).toMatchObject({ ok: true, text: 'inside\n' })
  }
  const results = await runAll(open.agent, everyCall('.').slice(-5))
  expect(results.map(({ ok }) => ok)).not.toContain(false)
  const found = JSON.stringify(results.map(({ data }) => data))
  expect(found).not.toContain(secretName)
  expect(found).not.toContain(secretText)
  // A naive grep follows the link that it is given.
  expect(naiveTools(open.root).grep('SECRET', 'to-directory/.')).not.toEqual([])
})

test('a root that is a symbolic link confines as its target does', async () => {
  await using hostile = await openHostileTree()
  using elsewhere = temporaryDirectory()
  symlinkSync(hostile.root, elsewhere.join('data'))
  await using agent = await createAgent({ dataRoot: elsewhere.join('data'), useNewCache: false })
  expect(await agent.runTool('cat', { path: elsewhere.join('data/a.txt') })).toMatchObject({
    ok: true,
    text: 'inside\n',
  })
  expect(await agent.runTool('cat', { path: join(hostile.root, 'a.txt') })).toMatchObject({ ok: true })
  for (const path of [elsewhere.path, elsewhere.join('data/../x'), '..', '../outside/secret.txt', 'to-file']) {
    expect(codesOf(await runAll(agent, everyCall(path)))).not.toContain(undefined)
  }
})

function spelled(path: string, { root, outside }: TestAgent): string {
  return path.replace('OUTSIDE', outside).replace('ROOT', root)
}
