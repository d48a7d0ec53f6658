import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runInProcess } from './run-in-process.js'
import { directoryWithPlan } from './terminal-session.js'

test('doctor finds nothing wrong where everything is there', async () => {
  using directory = directoryWithPlan()
  const { exitCode, stdout } = await runInProcess(['doctor', '--json'], { workingDirectory: directory.path })
  expect({ exitCode, report: JSON.parse(stdout) }).toMatchObject({
    exitCode: 0,
    report: {
      ok: true,
      checks: ['node', 'model', 'data root', 'cache', 'freshness', 'search'].map((name) => ({ name, ok: true })),
    },
  })
})

test('doctor says what is wrong and still looks at the rest', async () => {
  using directory = directoryWithPlan()
  const run = { workingDirectory: directory.path, environment: { MODEL_PROVIDER: 'openai' } }
  const { exitCode, stdout } = await runInProcess(['doctor', '--data-root', 'none'], run)
  expect(exitCode).toBe(1)
  expect(stdout.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^ok +node +v20\.19\.0$/),
    expect.stringMatching(/^FAIL model +openai: OPENAI_API_KEY is not set/),
    expect.stringMatching(/^FAIL agent +ROOT_NOT_FOUND: /),
  ])
  expect(existsSync(directory.join('tmp'))).toBe(false)
})
