import { expect, test } from 'vitest'
import { fairShares } from '../../src/tools/smart-cat.js'
import { openAgent } from '../support/open-agent.js'

test('fairShares() gives what small files leave to the larger ones', () => {
  expect(fairShares([10, 1000, 20], 100)).toEqual([10, 70, 20])
  expect(fairShares([100, 100], 90)).toEqual([45, 45])
  expect(fairShares([1, 2], 90)).toEqual([1, 2])
})

test('smart_cat prints files under headings, and one that fails fails alone', async () => {
  await using open = await openAgent({ 'a.txt': 'A\n', 'b.txt': 'B' })
  const result = await open.agent.runTool('smart_cat', { paths: ['a.txt', 'gone.txt', 'b.txt'] })
  expect(result.ok).toBe(true)
  expect(result.text).toMatch(/^==> a\.txt <==\nA\n\n==> gone\.txt <==\nFILE_NOT_FOUND: .+\n\n==> b\.txt <==\nB\n$/)
  expect(result.data).toMatchObject({
    files: [{ ok: true }, { ok: false, error: { code: 'FILE_NOT_FOUND' } }, { ok: true }],
  })
})

test('smart_cat cuts large files to their share and names the call for the rest', async () => {
  const large = `${'x'.repeat(49)}\n`.repeat(2000)
  await using open = await openAgent({ 'large.txt': large, 'small.txt': 'tiny\n' })
  const result = await open.agent.runTool('smart_cat', { paths: ['large.txt', 'small.txt'] })
  expect(result.text).toContain('==> small.txt <==\ntiny\n')
  expect(result).toMatchObject({ truncated: true, shown: 1024, total: 2001 })
  expect(result.next).toEqual({ tool: 'cat', arguments: { path: 'large.txt', start_line: 1024 } })
})

test('smart_cat with limit 0 gives all files whole, but together no more than one file may have', async () => {
  const text = `${'x'.repeat(99)}\n`.repeat(1_000)
  const tree = { 'a.txt': text, 'b.txt': text, 'small.txt': 'tiny\n' }
  const paths = Object.keys(tree)
  await using roomy = await openAgent(tree)
  const whole = await roomy.agent.runTool('smart_cat', { paths, limit: 0 })
  expect(whole).toMatchObject({ truncated: false, shown: 2_001, total: 2_001 })
  await using narrow = await openAgent(tree, { smallFileThreshold: 1, mediumFileThreshold: 120_005 })
  const shared = await narrow.agent.runTool('smart_cat', { paths, limit: 0 })
  expect(shared).toMatchObject({ truncated: true, shown: 1_201, total: 2_001 })
  expect(shared.next).toEqual({ tool: 'smart_cat', arguments: { paths: ['a.txt', 'b.txt'], limit: 0 } })
})
