import type { WarmReport } from '@fsagent/cache-manager'
import { formatBytes } from '../rendering/format-bytes.js'

/** Gives the report of a warm-up with the names that JSON documents of the product use. */
export function warmReportDocument(report: WarmReport): Record<string, unknown> {
  return {
    files: report.files,
    loaded: report.loaded,
    already_fresh: report.alreadyFresh,
    skipped_binary: report.skippedBinary,
    skipped_large: report.skippedLarge,
    failed: report.failed,
    bytes: report.bytes,
    duration_ms: report.durationMs,
    aborted: report.aborted,
  }
}

/** Gives the report of a warm-up in a few lines for people. */
export function renderWarmReport(report: WarmReport, { dryRun }: { readonly dryRun: boolean }): string {
  const { files, loaded, alreadyFresh, skippedBinary, skippedLarge, failed, bytes, durationMs } = report
  const rest = [
    [alreadyFresh, 'fresh already'],
    [skippedBinary, 'binary'],
    [skippedLarge, 'too large'],
    [failed.length, 'failed'],
  ] as const
  const others = rest.filter(([count]) => count > 0).map(([count, what]) => `, ${count} ${what}`)
  const done = `${loaded} of ${files} files (${formatBytes(bytes)})`
  const extent = dryRun ? `Would load ${done}` : `Loaded ${done} in ${(durationMs / 1000).toFixed(2)} s`
  return `${extent}${others.join('')}\n`
}
