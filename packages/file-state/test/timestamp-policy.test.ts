import { lstatSync, writeFileSync } from 'node:fs'
import { FakeClock, type MountKind, temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import type { FileSignature } from '../src/file-signature.js'
import { coarseGranularityNs, fineGranularityNs, isRacy, TimestampPolicy } from '../src/timestamp-policy.js'
import { mountOrSkip } from './support.js'

const second = 1_000_000_000n

function stamped(mtimeNs: bigint, ctimeNs: bigint): FileSignature {
  return { dev: 1n, ino: 2n, size: 3n, mtimeNs, ctimeNs, mode: 0o100644n, uid: 0n, gid: 0n }
}

test('isRacy() is false only when both stamps are older than the reading by more than the granularity', () => {
  expect(isRacy(stamped(10n * second, 10n * second), 12n * second, 2n * second)).toBe(true)
  expect(isRacy(stamped(10n * second, 10n * second), 12n * second + 1n, 2n * second)).toBe(false)
  expect(isRacy(stamped(0n, 10n * second), 11n * second, 2n * second)).toBe(true)
  expect(isRacy(stamped(10n * second, 0n), 11n * second, 2n * second)).toBe(true)
})

test('isRacy() is true for a timestamp in the future and where the granularity is unknown', () => {
  expect(isRacy(stamped(4_000n * second, 1n * second), 2_000n * second, fineGranularityNs)).toBe(true)
  expect(isRacy(stamped(1n, 1n), 2_000n * second, undefined)).toBe(true)
})

test.for<readonly [MountKind, readonly bigint[]]>([
  ['tmpfs', [fineGranularityNs, coarseGranularityNs]],
  ['ramfs', [fineGranularityNs, coarseGranularityNs]],
  ['ext4-256', [fineGranularityNs, coarseGranularityNs]],
  ['ext4-128', [coarseGranularityNs]],
])('granularityNs() of new files on %s', ([kind, possible], context) => {
  using mount = mountOrSkip(kind, context)
  const found = granularitiesBelow(mount.path)
  expect(possible).toEqual(expect.arrayContaining(found))
  expect(found).toContain(possible[0])
})

test('granularityNs() is unknown on a file system that is not known to be local', () => {
  const policy = new TimestampPolicy(() => 0)
  const stats = lstatSync('/proc/self/status', { bigint: true })
  expect(policy.granularityNs(stats, () => '/proc/self/status')).toBeUndefined()
})

test('granularityNs() asks again for a device after ten seconds, because device numbers are reused', () => {
  using directory = temporaryDirectory()
  const clock = new FakeClock()
  const policy = new TimestampPolicy(clock.now)
  const stats = lstatSync(directory.path, { bigint: true })
  const asked: string[] = []
  const at = (path: string) => () => {
    asked.push(path)
    return path
  }
  expect(policy.granularityNs(stats, at(directory.path))).toBeDefined()
  expect(policy.granularityNs(stats, at('/proc'))).toBeDefined()
  clock.advance(10_000)
  expect(policy.granularityNs(stats, at('/proc'))).toBeUndefined()
  expect(asked).toEqual([directory.path, '/proc'])
})

function granularitiesBelow(path: string): (bigint | undefined)[] {
  const policy = new TimestampPolicy(() => 0)
  return Array.from({ length: 5 }, (_, index) => {
    const file = `${path}/${index}`
    writeFileSync(file, 'x')
    return policy.granularityNs(lstatSync(file, { bigint: true }), () => file)
  })
}
