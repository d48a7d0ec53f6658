import { temporaryDirectory, writeTree, type TreeDescription } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { RipgrepEngine } from '../../src/engine/ripgrep-engine.js'
import type { EngineQuery, EngineReport } from '../../src/engine/search-engine.js'
import { plainQuery } from '../support/plain-query.js'

const globs = ['.ignore', '*\n*', '**/*\n*/**']

const refused: readonly { readonly title: string; readonly files: TreeDescription; readonly query: EngineQuery }[] = [
  { title: 'that matches', files: { 'deep/.ignore': 'needle\n' }, query: plainQuery },
  { title: 'that does not match', files: { 'deep/.ignore': 'x\n' }, query: plainQuery },
  { title: 'that is empty', files: { '.ignore': '' }, query: plainQuery },
  { title: 'with a line feed in its name', files: { 'deep/new\nline': 'x\n' }, query: plainQuery },
  { title: 'in a directory with one', files: { 'deep/new\nline/further/x': 'x\n' }, query: plainQuery },
  { title: 'when only names are asked for', files: { 'deep/.ignore': '' }, query: { ...plainQuery, mode: 'files' } },
  { title: 'when lines are counted', files: { 'deep/.ignore': '' }, query: { ...plainQuery, mode: 'count' } },
  { title: 'when matches span lines', files: { 'deep/.ignore': '' }, query: { ...plainQuery, multiline: true } },
]

test.each(refused)('searchUnlessNamed() answers nothing when there is such a file $title', async ({ files, query }) => {
  expect(await searchIn({ ...files, 'a.txt': 'needle\n' }, query)).toBeUndefined()
})

test('searchUnlessNamed() answers as search() where names only resemble those that are refused', async () => {
  const files = {
    'x.ignore': 'needle\n',
    '.ignored': 'needle\n',
    '.ignore/inside': 'needle\n',
    'link/.ignore': { link: '../x.ignore' },
    '.git/.ignore': 'needle\n',
    'deep/a.txt': 'x\nneedle\n',
  }
  const report = await searchIn(files, plainQuery)
  expect([...(report?.matches.keys() ?? [])].sort()).toEqual(['.ignore/inside', '.ignored', 'deep/a.txt', 'x.ignore'])
})

test('searchUnlessNamed() refuses an invalid pattern even where there is such a file', async () => {
  const search = searchIn({ 'a.txt': 'x' }, { ...plainQuery, pattern: '(' })
  await expect(search).rejects.toMatchObject({ code: 'SEARCH_INVALID_PATTERN' })
})

async function searchIn(files: TreeDescription, query: EngineQuery): Promise<EngineReport | undefined> {
  using directory = temporaryDirectory()
  writeTree(directory.path, files)
  const { signal } = new AbortController()
  return await new RipgrepEngine().searchUnlessNamed(query, globs, { directory: directory.path, scope: '', signal })
}
