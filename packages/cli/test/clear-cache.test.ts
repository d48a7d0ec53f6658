import { existsSync, mkdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { directoryWithPlan, startOnTerminal } from './terminal-session.js'

const answers: readonly (readonly [string, string, RegExp, number])[] = [
  ['y', 'y', /Removed \d+ entries/, 0],
  ['n', 'n', /Nothing was cleared/, 0],
  ['the default', '\r', /Nothing was cleared/, 0],
  ['Ctrl-C', '\u0003', /CLI_INTERRUPTED/, 130],
]

test.each(answers)('clear-cache asks on a terminal and takes %s for an answer', async (_what, key, shown, exitCode) => {
  const directory = directoryWithPlan()
  mkdirSync(directory.join('tmp/cache'), { recursive: true })
  await using session = startOnTerminal(['clear-cache'], directory)
  await session.screen.shows(/Clear the cache at .*\?/)
  session.press(key)
  await session.screen.shows(shown)
  expect(await session.exitCode).toBe(exitCode)
  expect(existsSync(directory.join('data/plan.md'))).toBe(true)
})
