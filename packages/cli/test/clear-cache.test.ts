import { existsSync, mkdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { directoryWithPlan, startOnTerminal } from './terminal-session.js'

const answers = [
  { what: 'y', key: 'y', shown: /Removed \d+ entries/, exitCode: 0 },
  { what: 'n', key: 'n', shown: /Nothing was cleared/, exitCode: 0 },
  { what: 'the default', key: '\r', shown: /Nothing was cleared/, exitCode: 0 },
  { what: 'Ctrl-C', key: '\u0003', shown: /CLI_INTERRUPTED/, exitCode: 130 },
]

test.each(answers)('clear-cache asks on a terminal and takes $what for an answer', async ({ key, shown, exitCode }) => {
  const directory = directoryWithPlan()
  mkdirSync(directory.join('tmp/cache'), { recursive: true })
  await using session = startOnTerminal(['clear-cache'], directory)
  await session.screen.shows(/Clear the cache at .*\?/)
  session.press(key)
  await session.screen.shows(shown)
  expect(await session.exitCode).toBe(exitCode)
  expect(existsSync(directory.join('data/plan.md'))).toBe(true)
})
