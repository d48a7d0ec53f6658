import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryDirectory } from '@fsagent/testing'
import { execa } from 'execa'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('../dist/run.js', import.meta.url))
const caches = ['no cache', 'v2', 'v3', 'v2 and v3']

interface Written {
  readonly answers: readonly Comparison[]
  readonly tools: readonly Comparison[]
  readonly questions: { readonly asked: number; readonly sent: Readonly<Record<string, { definitions: number }>> }
}

interface Comparison {
  readonly title: string
  readonly measurements: readonly { readonly name: string; readonly medianUs: number }[]
}

test('bench agent times questions and tools with each cache, cold and warm, and counts tokens', async () => {
  using folder = temporaryDirectory()
  const { stdout } = await execa(process.execPath, [program, 'agent', '--smoke', '--markdown'], { cwd: folder.path })
  const written: Written = JSON.parse(readFileSync(join(folder.path, 'bench-results', 'agent.json'), 'utf8'))
  const rows = [...written.answers, ...written.tools]
  expect(rows.map(({ title }) => title)).toEqual([
    ...['cold: tools', 'cold: whole answer', 'warm: tools', 'warm: whole answer'].map(
      (what) => `Read data/projects/project-alpha/README.md, ${what}`,
    ),
    ...['grep', 'cat'].flatMap((tool) => [`${tool}, cold: call`, `${tool}, warm: call`]),
  ])
  for (const { title, measurements } of rows) {
    expect(stdout).toContain(`| ${title} |`)
    expect(measurements.map(({ name }) => name)).toEqual(caches)
    for (const { name, medianUs } of measurements) expect(medianUs, `${title} ${name}`).toBeGreaterThan(0)
  }
  const { limits, ...others } = written.questions.sent
  expect(limits?.definitions).toBeGreaterThan(others['limits, lazy tools']?.definitions ?? Infinity)
})
