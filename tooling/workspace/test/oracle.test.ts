import { FakeClock, mountedFileSystem, temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { runOracle, type OracleReport } from './oracle/run-oracle.js'

const operations = Number(process.env['FSAGENT_ORACLE_OPERATIONS'] ?? 0)
const firstSeed = Number(process.env['FSAGENT_SEED'] ?? Date.now() % 1_000_000)

const runs = operations > 0 ? Math.ceil(operations / 300) : 2

test.each(Array.from({ length: runs }, (_, run) => firstSeed + run))(
  'every tool answers as if there was no cache, whatever is done to the files (seed %i)',
  async (seed) => {
    using directory = temporaryDirectory('fsagent-oracle-')
    const report = await runOracle({ seed, operations: operations > 0 ? 300 : 150, directory: directory.path })
    expectNoDifference(report)
  },
  600_000,
)

function expectNoDifference(report: OracleReport): void {
  console.log(JSON.stringify({ ...report, differences: report.differences.length }))
  expect(report.differences.slice(0, 2)).toEqual([])
}
void FakeClock
void mountedFileSystem
