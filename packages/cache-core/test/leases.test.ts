import { expect, test } from 'vitest'
import { Leases } from '../src/leases.js'

test('a lease holds until its entry is changed, whatever becomes of others', () => {
  const leases = new Leases()
  const [first, second, other] = [leases.give('1:aone'), leases.give('1:aone'), leases.give('1:aother')]
  expect(leases.holds(first, '1:aother')).toBe(false)
  leases.end('1:aother')
  expect([leases.holds(first, '1:aone'), leases.holds(second, '1:aone')]).toEqual([true, true])
  expect(leases.holds(other, '1:aother')).toBe(false)
  leases.end('1:aone')
  expect([leases.holds(first, '1:aone'), leases.holds(second, '1:aone')]).toEqual([false, false])
})

test('endBelow() ends the leases of a namespace, or all', () => {
  const leases = new Leases()
  const [here, there] = [leases.give('1:akey'), leases.give('1:bkey')]
  leases.endBelow('1:a')
  expect([leases.holds(here, '1:akey'), leases.holds(there, '1:bkey')]).toEqual([false, true])
  leases.endBelow('')
  expect(leases.holds(there, '1:bkey')).toBe(false)
})

test('no more leases are remembered than a number, the latest ones', () => {
  const leases = new Leases()
  const given = Array.from({ length: 20_000 }, (_, index) => leases.give(`1:a${index % 100}`))
  const held = given.map((lease, index) => leases.holds(lease, `1:a${index % 100}`))
  expect(held.indexOf(true)).toBe(20_000 - 16_384)
  expect(held.lastIndexOf(false)).toBe(20_000 - 16_384 - 1)
})

test('leases of another store are other numbers', () => {
  const one = new Leases()
  const lease = one.give('1:akey')
  for (let round = 0; round < 20; round += 1) {
    const other = new Leases()
    other.give('1:akey')
    expect(other.holds(lease, '1:akey')).toBe(false)
  }
})
