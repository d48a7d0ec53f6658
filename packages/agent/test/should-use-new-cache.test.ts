import { expect, test } from 'vitest'
import { parseSettings } from '../src/settings/parse-settings.js'
import { shouldUseNewCache } from '../src/should-use-new-cache.js'

const users = Array.from({ length: 2000 }, (_, index) => `user-${index}`)

test('shouldUseNewCache() gives nobody at 0 and everybody at 100', () => {
  expect(users.some((user) => shouldUseNewCache(user, 0))).toBe(false)
  expect(users.every((user) => shouldUseNewCache(user, 100))).toBe(true)
})

test('shouldUseNewCache() keeps a user in at every higher percentage', () => {
  for (const user of users.slice(0, 200)) {
    const answers = Array.from({ length: 101 }, (_, percent) => shouldUseNewCache(user, percent))
    const first = answers.indexOf(true)
    expect(answers.slice(first).every(Boolean)).toBe(true)
  }
})

test('shouldUseNewCache() takes about the share that is asked for', () => {
  const share = users.filter((user) => shouldUseNewCache(user, 10)).length / users.length
  expect(share).toBeGreaterThan(0.07)
  expect(share).toBeLessThan(0.13)
})

test('CACHE_ROLLOUT_PERCENT is the share of users that it names', () => {
  const { settings } = parseSettings({ environment: { CACHE_ROLLOUT_PERCENT: '25' } })
  const share = users.filter((user) => shouldUseNewCache(user, settings.cacheRolloutPercent)).length / users.length
  expect(share).toBeGreaterThan(0.2)
  expect(share).toBeLessThan(0.3)
})

test('shouldUseNewCache() answers the same on every machine', () => {
  expect(users.slice(0, 40).filter((user) => shouldUseNewCache(user, 25))).toMatchInlineSnapshot(`
    [
      "user-7",
      "user-9",
      "user-14",
      "user-15",
      "user-16",
      "user-19",
      "user-21",
      "user-25",
      "user-28",
      "user-33",
    ]
  `)
})

test.each([-1, 100.5, Number.NaN])('shouldUseNewCache() refuses %d percent', (percent) => {
  expect(() => shouldUseNewCache('user', percent)).toThrow(RangeError)
})
