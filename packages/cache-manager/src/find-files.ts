import { type Dirent, readdir } from 'node:fs'
import { isAbsolute, relative, sep } from 'node:path'
import type { FileSystemAdapter } from 'fast-glob'
import { CacheManagerError } from './cache-manager-error.js'
import { skippedDirectoryNames } from './skipped-names.js'

/** Which files are looked for. */
export interface FindFilesOptions {
  /** Absolute path, without symbolic links. */
  readonly directory: string
  readonly pattern: string
  readonly recursive: boolean
  /** Absolute path of the cache, which is not warmed with itself. */
  readonly cacheDirectory: string
  readonly signal: AbortSignal | undefined
}

/** What was found, relative to the directory. */
export interface FoundFiles {
  /** Sorted; symbolic links are neither followed nor listed. */
  readonly files: readonly string[]
  /** Directories that could not be listed, with the reason. */
  readonly unreadable: readonly { readonly path: string; readonly error: NodeJS.ErrnoException }[]
}

/**
 * Finds the files below a directory that match a glob.
 *
 * @throws CacheManagerError WARM_PATTERN_INVALID when the glob is empty or leads out of the directory
 */
export async function findFiles(options: FindFilesOptions): Promise<FoundFiles> {
  const { directory, pattern, recursive, signal } = options
  checkPattern(pattern)
  // Loaded late: whoever opens the cache to read never pays for it.
  const { default: fastGlob } = await import('fast-glob')
  const unreadable: { path: string; error: NodeJS.ErrnoException }[] = []
  const found = fastGlob.stream(pattern, {
    cwd: directory,
    dot: true,
    followSymbolicLinks: false,
    baseNameMatch: true,
    suppressErrors: true,
    ignore: skippedDirectoryNames.map((name) => `**/${name}/**`),
    deep: recursive ? Infinity : 1,
    fs: { readdir: listing(options, (path, error) => unreadable.push({ path, error })) },
  })
  const files: string[] = []
  for await (const path of found) {
    if (signal?.aborted) break
    files.push(String(path))
  }
  return { files: files.sort(), unreadable }
}

/** Lists directories for fast-glob, which by itself would stop at the first that fails or pass over all that do. */
function listing(
  { directory, cacheDirectory }: FindFilesOptions,
  onUnreadable: (path: string, error: NodeJS.ErrnoException) => void,
): FileSystemAdapter['readdir'] {
  function list(path: string, options: { withFileTypes: true }, callback: Answer<Dirent>): void
  function list(path: string, callback: Answer<string>): void
  function list(path: string, second: { withFileTypes: true } | Answer<string>, third?: Answer<Dirent>): void {
    const answer = (entries: Dirent[]): void => {
      if (typeof second === 'function')
        second(
          null,
          entries.map(({ name }) => name),
        )
      else third?.(null, entries)
    }
    if (!isInside(directory, path) || isInside(cacheDirectory, path)) return answer([])
    readdir(path, { withFileTypes: true }, (error, entries) => {
      if (error !== null && error.code !== 'ENOENT') onUnreadable(relative(directory, path), error)
      answer(error === null ? entries : [])
    })
  }
  return list
}

type Answer<Entry> = (error: NodeJS.ErrnoException | null, entries: Entry[]) => void

/** A glob is about what lies below the directory. */
function checkPattern(pattern: string): void {
  const reason = pattern === '' ? 'it is empty' : escapes(pattern)
  if (reason === undefined) return
  throw new CacheManagerError('WARM_PATTERN_INVALID', `Cannot find files by ${JSON.stringify(pattern)}: ${reason}`)
}

function escapes(pattern: string): string | undefined {
  return /(^|[/{(|,])(\.\.([/})|,]|$)|\/)/.test(pattern) ? 'it leads out of the directory' : undefined
}

function isInside(directory: string, path: string): boolean {
  const below = relative(directory, path)
  return below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below)
}
