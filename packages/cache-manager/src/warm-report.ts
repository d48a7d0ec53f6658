/** How a warm-up goes. */
export interface WarmProgress {
  /** Files dealt with. */
  readonly done: number
  /** Files that matched. */
  readonly total: number
  /** The file dealt with last, relative to the root. */
  readonly path: string
}

/** How files are warmed. */
export interface WarmOptions {
  /** Files read at the same time, 1 to 1000; 10 by default. */
  readonly concurrency?: number | undefined
  readonly onProgress?: ((progress: WarmProgress) => void) | undefined
  /** Ends the warm-up early; the report then says `aborted`. */
  readonly signal?: AbortSignal | undefined
  /** Looks at the files and stores nothing: `loaded` then counts what would be loaded. */
  readonly dryRun?: boolean | undefined
}

/** Which files of a directory are warmed, and how. */
export interface WarmDirectoryOptions extends WarmOptions {
  /** A glob on the path below the directory, or on the name alone when it has no `/`; all files by default. */
  readonly pattern?: string | undefined
  /** Whether subdirectories are warmed too; they are by default. */
  readonly recursive?: boolean | undefined
}

/** A file or directory that could not be read. */
export interface WarmFailure {
  /** Relative to the root. */
  readonly path: string
  readonly code: string
  readonly message: string
}

/** What came of a warm-up. */
export interface WarmReport {
  /** Files that matched; when nothing was aborted, the sum of the five that follow, without directories that failed. */
  readonly files: number
  /** Read and stored. */
  readonly loaded: number
  /** Stored before and still true. */
  readonly alreadyFresh: number
  readonly skippedBinary: number
  /** Above `maxFileSize`. */
  readonly skippedLarge: number
  readonly failed: readonly WarmFailure[]
  /** Of the loaded files. */
  readonly bytes: number
  readonly durationMs: number
  readonly aborted: boolean
}
