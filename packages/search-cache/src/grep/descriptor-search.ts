import {
  type FileSignature,
  FileStateError,
  type DataRoot,
  type FileStateErrorCode,
  type OpenFile,
} from '@fsagent/file-state'
import type { CanonicalGrep } from '../canonical-query.js'
import type { EngineMatch, EngineReport, SearchEngine } from '../engine/search-engine.js'
import type { GrepFile, GrepLine } from '../search-result.js'
import { checkLines } from './checked-lines.js'
import type { GrepFindings } from './grep-findings.js'
import { lineText } from './line-extractor.js'

/** What a search by descriptors works with. */
export interface DescriptorSearchOptions {
  readonly root: DataRoot
  readonly engine: SearchEngine
  readonly query: CanonicalGrep
  readonly signal: AbortSignal
  /** What is known of a file inside the root: if it still is that one, it need not be walked to. */
  readonly known?: (path: string) => FileSignature | undefined
}

const FILES_PER_BATCH = 64
const ATTEMPTS = 3
const GONE: ReadonlySet<FileStateErrorCode> = new Set<FileStateErrorCode>([
  'FILE_NOT_FOUND',
  'NOT_A_DIRECTORY',
  'IS_A_DIRECTORY',
  'NOT_A_REGULAR_FILE',
  'PATH_OUTSIDE_ROOT',
  'SYMLINK_LOOP',
])

/** Searches files that were opened through the root, so that nothing but these very files can be read. */
export class DescriptorSearch {
  readonly #options: DescriptorSearchOptions

  constructor(options: DescriptorSearchOptions) {
    this.#options = options
  }

  /** Files that change while they are searched are searched again, and are unproven in the end. */
  async search(paths: readonly string[], findings: GrepFindings): Promise<void> {
    for (let start = 0; start < paths.length; start += FILES_PER_BATCH) {
      let batch = paths.slice(start, start + FILES_PER_BATCH)
      for (let attempt = 1; attempt <= ATTEMPTS && batch.length > 0; attempt++)
        batch = await this.#searchBatch(batch, findings, attempt === ATTEMPTS)
    }
  }

  /** Answers with the files that changed under the search. */
  async #searchBatch(paths: readonly string[], findings: GrepFindings, isLast: boolean): Promise<string[]> {
    const { engine, query, signal } = this.#options
    const files: { readonly path: string; readonly file: OpenFile }[] = []
    try {
      for (const path of paths) {
        const file = this.#open(path, findings)
        if (file !== undefined) files.push({ path, file })
      }
      const opened = { paths: files.map(({ path }) => path), descriptors: files.map(({ file }) => file.descriptor) }
      const report = await engine.search(query, { by: 'descriptor', ...opened }, signal)
      findings.addUnreadable(report.unreadable)
      findings.addBinary(report.binary)
      return await this.#checkMatches({ files, report, isLast }, findings)
    } finally {
      for (const { file } of files) file.close()
    }
  }

  async #checkMatches(batch: Batch, findings: GrepFindings): Promise<string[]> {
    const changed: string[] = []
    const { query, signal } = this.#options
    const { allowance } = findings
    for (const { path, file } of batch.files) {
      const match = batch.report.matches.get(path)
      if (match === undefined) continue
      const opened = { path, descriptor: file.descriptor, sizeBytes: file.signature.size }
      const checked = await checkLines(opened, match, { query, signal, allowance })
      if (checked === 'binary') findings.addBinary([path])
      else if (checked !== 'different') findings.items.push(checked)
      else if (batch.isLast) {
        findings.items.push(asPrinted(path, match, query))
        findings.unproven.add(path)
      } else changed.push(path)
    }
    return changed
  }

  #open(path: string, findings: GrepFindings): OpenFile | undefined {
    const { root, known } = this.#options
    try {
      const signature = known?.(path)
      const file = (signature && root.openProven(path, signature)) ?? root.open(path)
      if (file.realPath === path) return file
      file.close()
    } catch (error) {
      if (!(error instanceof FileStateError)) throw error
      if (!GONE.has(error.code)) findings.addUnreadable([path])
    }
    findings.unproven.add(path)
    return undefined
  }
}

interface Batch {
  readonly files: readonly { readonly path: string; readonly file: OpenFile }[]
  readonly report: EngineReport
  readonly isLast: boolean
}

/** The engine read the very file that was opened, so its word can be taken when the file does not keep still. */
function asPrinted(path: string, match: EngineMatch, query: CanonicalGrep): GrepFile {
  if (query.mode !== 'content') return { path, count: match.count, matches: [] }
  const matches = match.lines.map(({ line, bytes }): GrepLine => ({
    line,
    ...lineText(bytes),
    kind: 'match',
  }))
  return { path, count: match.count, matches }
}
