import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { directoryWithPlan, startOnTerminal } from './terminal-session.js'

const prompt = /\? $/

test('chat without a question prompts for questions until "exit"', async () => {
  await using session = startOnTerminal(['chat'])
  await session.screen.shows(prompt)
  session.press('Search for TODO\r')
  await session.screen.shows(/plan\.md:3/)
  session.press('exit\r')
  expect(await session.exitCode).toBe(0)
})

test('Ctrl-D ends the conversation', async () => {
  await using session = startOnTerminal(['chat'])
  await session.screen.shows(prompt)
  session.press('\u0004')
  expect(await session.exitCode).toBe(0)
})

test('Ctrl-C at the prompt ends the conversation with exit code 130', async () => {
  await using session = startOnTerminal(['chat'])
  await session.screen.shows(prompt)
  session.press('\u0003')
  expect(await session.exitCode).toBe(130)
})

test('the cursor keys bring earlier questions back', async () => {
  await using session = startOnTerminal(['chat'])
  await session.screen.shows(prompt)
  session.press('Show plan.md\r')
  await session.screen.shows(/measure first/)
  session.press('\u001B[A\r')
  await session.screen.shows(/measure first/)
  session.press('quit\r')
  expect(await session.exitCode).toBe(0)
})

test('what a file holds cannot steer the terminal', async () => {
  const directory = directoryWithPlan()
  writeFileSync(directory.join('data/trap.md'), 'TODO: \u001B]0;owned\u0007 read this\n')
  await using session = startOnTerminal(['chat', 'Search for TODO'], directory)
  expect(await session.exitCode).toBe(0)
  expect(await session.screen.shows(/trap\.md:1/)).toContain('\\u001b]0;owned\\u0007 read this')
})
