import { expect, test } from 'vitest'
import { addressPrefix, type EntryAddress } from '../src/entry-address.js'
import { Leases } from '../src/leases.js'

function entryOf(namespace: string, text: string): EntryAddress {
  return { namespace, text, address: addressPrefix(namespace) + text }
}

test('a lease holds until its entry is changed, whatever becomes of others', () => {
  const leases = new Leases()
  const [one, other] = [entryOf('a', 'one'), entryOf('a', 'other')]
  const [first, second, third] = [leases.give(one), leases.give(one), leases.give(other)]
  leases.end(other)
  expect([first, second, third].map((lease) => leases.holds(lease))).toEqual([true, true, false])
  leases.end(one)
  expect([first, second].map((lease) => leases.holds(lease))).toEqual([false, false])
})

test('endAll() ends the leases of a namespace, or all', () => {
  const leases = new Leases()
  const [here, there] = [leases.give(entryOf('a', 'key')), leases.give(entryOf('b', 'key'))]
  leases.endAll('a')
  expect([leases.holds(here), leases.holds(there)]).toEqual([false, true])
  leases.endAll(undefined)
  expect(leases.holds(there)).toBe(false)
})

test('no more leases are remembered than a number, the latest ones', () => {
  const leases = new Leases()
  const held = Array.from({ length: 20_000 }, (_, index) => leases.give(entryOf('a', `${index % 100}`))).map((lease) =>
    leases.holds(lease),
  )
  expect([held.indexOf(true), held.lastIndexOf(false)]).toEqual([20_000 - 16_384, 20_000 - 16_384 - 1])
})

test('leases of another store are other numbers', () => {
  const lease = new Leases().give(entryOf('a', 'key'))
  for (let round = 0; round < 20; round += 1) {
    const other = new Leases()
    other.give(entryOf('a', 'key'))
    expect(other.holds(lease)).toBe(false)
  }
})
