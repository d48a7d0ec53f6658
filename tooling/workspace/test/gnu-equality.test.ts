import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createAgent, type Agent } from '@fsagent/agent'
import { seededRandom, temporaryDirectory, type SeededRandom } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { drawCall, type ToolCall } from './gnu/draw-call.js'
import { gnuOutput } from './gnu/gnu-output.js'
import { workspace } from './workspace.js'

const CALLS = Number(process.env['FSAGENT_GNU_CALLS'] ?? 200)
const seed = Number(process.env['FSAGENT_SEED'] ?? Date.now() % 1_000_000)

const trees = [
  { title: 'the sample data', copy: (target: string) => cpSync(join(workspace, 'data'), target, { recursive: true }) },
  { title: 'an installed node_modules', copy: copyInstalledPackages },
]

test.each(trees)(
  `tools equal GNU tools over $title, cold, warm and after an edit (seed ${seed})`,
  async ({ copy }) => {
    using directory = temporaryDirectory('fsagent-gnu-')
    const root = directory.join('root')
    copy(root)
    await using agent = await createAgent({
      dataRoot: root,
      cacheDirectory: directory.join('cache'),
      useNewCache: true,
    })
    const random = seededRandom(seed)
    const files = filesBelow(root)
    const outcomes: Record<string, number> = {}
    for (let index = 0; index < CALLS; index += 1) {
      const call = drawCall(random, root, files)
      await compare(agent, { root, call, outcomes })
      await compare(agent, { root, call, outcomes })
      edit(random, root, files)
      await compare(agent, { root, call, outcomes })
    }
    // A cache that never answered would make this comparison an empty one.
    expect((outcomes['hit'] ?? 0) + (outcomes['repaired'] ?? 0) + (outcomes['confirmed'] ?? 0)).toBeGreaterThan(
      CALLS / 2,
    )
  },
  240_000,
)

interface Comparison {
  readonly root: string
  readonly call: ToolCall
  readonly outcomes: Record<string, number>
}

async function compare(agent: Agent, { root, call, outcomes }: Comparison): Promise<void> {
  const expected = gnuOutput(root, call)
  const result = await agent.runTool(call.tool, call.arguments)
  outcomes[result.cache.outcome] = (outcomes[result.cache.outcome] ?? 0) + 1
  const message = `${call.tool} ${JSON.stringify(call.arguments)} (${result.cache.outcome})`
  if (expected.kind === 'by-design') {
    expect(result.error?.code, `${message}: ${expected.reason}`).toBe(expected.code)
    return
  }
  expect(result.error, message).toBeNull()
  expect(differenceOf(result.text, expected.text), message).toBeUndefined()
}

/** Where two texts part, with some characters of both: whole files would bury it. */
function differenceOf(ours: string, theirs: string): object | undefined {
  if (ours === theirs) return undefined
  let at = 0
  while (ours[at] === theirs[at]) at += 1
  return { at, ours: ours.slice(Math.max(0, at - 80), at + 120), theirs: theirs.slice(Math.max(0, at - 80), at + 120) }
}

/** Changes a file in one of the ways that caches get wrong: same size, append, truncate, or an atomic replacement. */
function edit(random: SeededRandom, root: string, files: readonly string[]): void {
  const path = join(root, random.pick(files))
  const bytes = readFileSync(path)
  const kind = random.pick(['same-size', 'append', 'truncate'] as const)
  if (kind === 'append') writeFileSync(path, Buffer.concat([bytes, Buffer.from('import TODO edited line\n')]))
  else if (kind === 'truncate') writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length / 2)))
  else writeFileSync(path, Buffer.from(bytes.map((byte) => (byte === 0x61 ? 0x62 : byte))))
}

function filesBelow(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(root, path)).isFile())
    .sort()
}

const installed = [
  { owner: 'packages/search-cache', name: 'execa' },
  { owner: 'packages/cache-core', name: 'lru-cache' },
  { owner: 'packages/cli', name: 'commander' },
  { owner: 'packages/agent', name: 'zod' },
]

/** Packages as npm would lay them out: real folders of real dependencies of this repository. */
function copyInstalledPackages(target: string): void {
  for (const { owner, name } of installed) {
    const require = createRequire(join(workspace, owner, 'package.json'))
    const source = packageFolder(require.resolve(name), name)
    cpSync(source, join(target, 'node_modules', name), { recursive: true, dereference: true })
  }
}

function packageFolder(file: string, name: string): string {
  const folder = dirname(file)
  return folder.endsWith(join('node_modules', name)) ? folder : packageFolder(folder, name)
}
