import { expect, test } from 'vitest'
import { SharedLoads } from '../src/shared-loads.js'

test('next() begins when the load that has begun ended, once for all who waited', async () => {
  const loads = new SharedLoads<string>()
  const begun: string[] = []
  let finish = (): void => {}
  const first = loads.next('key', () => {
    begun.push('first')
    return new Promise<string>((resolve) => {
      finish = () => resolve('one')
    })
  })
  await Promise.resolve()
  await new Promise((resolve) => setImmediate(resolve))
  const later = ['second', 'third'].map((name) =>
    loads.next('key', async () => {
      begun.push(name)
      return 'two'
    }),
  )
  const other = await loads.next('another key', async () => 'three')
  expect([begun, other]).toEqual([['first'], { value: 'three', joined: false }])
  finish()
  expect(await first).toEqual({ value: 'one', joined: false })
  expect(await Promise.all(later)).toEqual([
    { value: 'two', joined: false },
    { value: 'two', joined: true },
  ])
  expect(begun).toEqual(['first', 'second'])
  expect(loads.begun('key')).toBeUndefined()
})
