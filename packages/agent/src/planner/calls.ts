import type { ToolRequest } from './plan.js'

/** Parameters of a `grep` call that plans vary. */
export interface GrepArguments {
  readonly pattern: string
  readonly path?: string
  readonly glob?: readonly string[]
  readonly ignore_case?: boolean
  readonly fixed?: boolean
  readonly word?: boolean
  readonly mode?: 'content' | 'files' | 'count'
  readonly context?: number
  readonly limit?: number
}

/** Orders in which files may be asked for. */
export type FileOrder = 'largest' | 'smallest' | 'newest' | 'oldest'

/** Parameters of a `find` call that plans vary. */
export interface FindArguments {
  readonly name?: string
  readonly path?: string
  readonly type?: 'any' | 'file' | 'directory'
  readonly extension?: string
  readonly ignore_case?: boolean
  readonly max_depth?: number
  readonly min_size?: number
  readonly max_size?: number
  readonly sort?: FileOrder
  readonly limit?: number
}

/** Asks for lines, files or counts that match a pattern. */
export function grep(options: GrepArguments): ToolRequest {
  return request('grep', options)
}

/** Asks for paths by name and type. */
export function find(options: FindArguments): ToolRequest {
  return request('find', options)
}

/** Asks for lines of a file, from the first on unless a range is given. */
export function cat(path: string, range: { start_line?: number; end_line?: number; limit?: number } = {}): ToolRequest {
  return request('cat', { path, ...range })
}

/** Asks for the first lines of a file. */
export function head(path: string, lines: number): ToolRequest {
  return request('head', { path, lines })
}

/** Asks for the last lines of a file. */
export function tail(path: string, lines: number): ToolRequest {
  return request('tail', { path, lines })
}

/** Asks for the entries of one directory. */
export function ls(path: string): ToolRequest {
  return request('ls', { path, limit: 1000 })
}

/** Asks for a drawn tree. */
export function tree(path: string, depth: number): ToolRequest {
  return request('tree', { path, depth, limit: 400 })
}

/** Asks for the numbers of lines, words and bytes of a file. */
export function wc(path: string): ToolRequest {
  return request('wc', { path })
}

function request(tool: string, options: object): ToolRequest {
  return { tool, arguments: { ...options } }
}
