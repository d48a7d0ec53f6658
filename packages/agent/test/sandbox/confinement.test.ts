import { writeTree, type TreeDescription } from '@fsagent/testing'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Agent } from '../../src/agent.js'
import { openAgent } from '../support/open-agent.js'
import { everyCall, runAll, saidBy, secretName, secretText } from './support/every-tool.js'
import { ModelTree, type Found } from './support/model-tree.js'
import { naiveTools } from './support/naive-tools.js'

/** Names that mean something to a shell, an option parser or a glob, and plain ones that occur often. */
const name = fc.constantFrom('a', 'b', 'c', 'a', 'b', 'c', '-n', '*', '[a]', 'x\ny', '\u202Ea', 'data-evil', secretName)
const hop = fc.oneof(
  { weight: 4, arbitrary: name },
  { weight: 2, arbitrary: fc.constantFrom('..', '.', '', 'link-1', 'link-2') },
)
const relative = fc.array(hop, { minLength: 1, maxLength: 5 }).map((hops) => hops.join('/'))
const target = fc.oneof(
  relative,
  relative.map((path) => `ROOT/${path}`),
  fc.constantFrom(
    'OUTSIDE',
    '../outside',
    'ROOT-evil',
    '../data-evil/a',
    '../../outside',
    'ROOT/../outside',
    '/proc/self/root',
    'a/../..',
    'link-1',
    '../link-2',
  ),
)
const path = fc.oneof(
  relative,
  relative.map((below) => `ROOT/${below}`),
  relative.map((below) => `data/${below}`),
  fc.constantFrom(
    '..',
    '../outside/a',
    'OUTSIDE/a',
    'ROOT-evil/a',
    'a\0b',
    'link-1',
    'link-2/a',
    'a/link-1/b',
    '/etc/passwd',
    '.',
    'data',
  ),
)
const place = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'))
const tree = fc.record({
  files: fc.array(place, { minLength: 2, maxLength: 5 }),
  links: fc.array(fc.tuple(fc.constantFrom('link-1', 'link-2', 'a/link-1', 'b/link-2', 'a/b/link-1'), target), {
    maxLength: 4,
  }),
})
/** A path of its own, or a detour to one of the files. */
const question = fc.oneof(
  path.map((text) => () => text),
  fc
    .tuple(fc.nat(4), fc.constantFrom('', './/', 'data/', 'ROOT/', 'ROOT/./', 'nothing/../', 'link-1/../', 'a/../'))
    .map(
      ([index, detour]) =>
        (files: readonly string[]) =>
          detour + (files[index % files.length] ?? ''),
    ),
)
const seed = 20_261_122

test('each tool finds what the model of confinement finds, cold and warm, and never a byte from outside', async () => {
  await using open = await openAgent({}, { cacheFreshness: 'scan' })
  const outsideTree = { a: secretText, b: secretText, [secretName]: secretText, 'c/a': secretText }
  writeTree(`${open.outside}/outside`, outsideTree)
  writeTree(`${open.outside}/data-evil`, outsideTree)
  const seen = { file: 0, directory: 0, refused: 0, outside: 0, naiveLeaks: 0 }
  await fc.assert(
    fc.asyncProperty(tree, fc.array(question, { minLength: 3, maxLength: 6 }), async (drawn, questions) => {
      const asked = questions.map((ask) => ask(drawn.files))
      const spelled = (text: string): string =>
        text.replace('OUTSIDE', `${open.outside}/outside`).replace('ROOT', open.root)
      const model = new ModelTree(open.root, describe(drawn, spelled))
      model.write()
      for (const userPath of asked.map(spelled)) {
        const found = model.find(userPath)
        seen[found.kind] += 1
        if (found.kind === 'refused' && found.code === 'PATH_OUTSIDE_ROOT') seen.outside += 1
        if (naiveTools(open.root).read(userPath)?.includes(secretText) === true) seen.naiveLeaks += 1
        await mustFind(open.agent, userPath, found)
        await mustFind(open.agent, userPath, found)
      }
      const results = await runAll(open.agent, asked.slice(0, 1).map(spelled).flatMap(everyCall))
      expect(results.filter((result) => saidBy(result).includes(secretText))).toEqual([])
    }),
    { numRuns: 30, seed, endOnFailure: true },
  )
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
})

/** A tree in which nothing lies below a file or a link. */
function describe(
  drawn: { readonly files: readonly string[]; readonly links: readonly (readonly [string, string])[] },
  spelled: (text: string) => string,
): TreeDescription {
  const entries: Record<string, TreeDescription[string]> = {}
  const isFree = (path: string): boolean =>
    !Object.keys(entries).some((key) => key === path || key.startsWith(`${path}/`) || path.startsWith(`${key}/`))
  for (const [at, to] of drawn.links) if (isFree(at) && spelled(to) !== '') entries[at] = { link: spelled(to) }
  for (const path of drawn.files) if (isFree(path)) entries[path] = `inside ${path}`
  return entries
}

async function mustFind(agent: Agent, path: string, found: Found): Promise<void> {
  const [cat, ls] = await runAll(agent, [
    ['cat', { path, limit: 0 }],
    ['ls', { path, limit: 0 }],
  ])
  const outcome = { cat: cat?.error?.code ?? cat?.text, ls: ls?.error?.code ?? namesOf(ls?.data) }
  expect(outcome, JSON.stringify(path)).toEqual(expected(found))
}

function expected(found: Found): { cat: unknown; ls: unknown } {
  if (found.kind === 'refused') return { cat: found.code, ls: found.code }
  if (found.kind === 'directory') return { cat: 'IS_A_DIRECTORY', ls: found.names }
  return { cat: found.text, ls: expect.anything() }
}

function namesOf(data: unknown): string[] {
  const entries: unknown = typeof data === 'object' && data !== null && 'entries' in data ? data.entries : []
  const names = Array.isArray(entries) ? entries.map((entry: { name: unknown }) => String(entry.name)) : []
  return names.sort()
}
