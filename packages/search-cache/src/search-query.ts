/** What a `grep` answers with: the matching lines, only the files that have some, or how many lines each has. */
export type GrepMode = 'content' | 'files' | 'count'

/** How a `grep` matches; everything is optional and off by default. */
export interface GrepOptions {
  readonly ignoreCase?: boolean
  /** The pattern is text, not a regular expression. */
  readonly fixed?: boolean
  /** Matches may span lines; `count` then counts the lines they touch. */
  readonly multiline?: boolean
  /** Matches begin and end at word boundaries. */
  readonly wordRegexp?: boolean
  /** Globs in ripgrep's dialect, relative to the scope; `!` excludes; a later one wins. They only narrow. */
  readonly globs?: readonly string[]
  /** Lines of context before a match; only in mode `content`. */
  readonly before?: number
  /** Lines of context after a match; only in mode `content`. */
  readonly after?: number
  /** Also search what `.gitignore` and `.ignore` files exclude. */
  readonly includeIgnored?: boolean
  readonly mode?: GrepMode
}

/** A search for text: ripgrep's default regular expressions, which take linear time. */
export interface GrepQuery {
  readonly operation: 'grep'
  readonly pattern: string
  /** A file or directory inside the root. */
  readonly scope: string
  readonly options?: GrepOptions
}

/** What kind of thing a `find` answers with; `any` also gives special files such as sockets. */
export type FindType = 'any' | 'file' | 'directory' | 'symlink'

/** Which entries a `find` answers with; everything is optional. */
export interface FindOptions {
  readonly type?: FindType
  readonly ignoreCase?: boolean
  /** Also answer with what `.gitignore` and `.ignore` files exclude. */
  readonly includeIgnored?: boolean
  /** Levels below the scope; 1 gives only what lies directly in it. */
  readonly maxDepth?: number
  /** Bytes; only files are this large or larger. */
  readonly minSize?: number
  /** Bytes; only files are this large or smaller. */
  readonly maxSize?: number
}

/** A search for names: a glob on the base name, or on the path below the scope when it contains `/`. */
export interface FindQuery {
  readonly operation: 'find'
  readonly pattern: string
  /** A file or directory inside the root. */
  readonly scope: string
  readonly options?: FindOptions
}
