/** The call of one tool: its name and its JSON arguments. */
export interface ToolCall {
  readonly tool: string
  readonly arguments: Readonly<Record<string, unknown>>
}

/** How the cache took part in an answer; every part is `null` when it did not. Ages are in seconds. */
export interface ToolCacheReport {
  readonly outcome: 'hit' | 'miss' | 'confirmed' | 'repaired' | 'bypass'
  readonly tier: 'memory' | 'disk' | null
  readonly verified_by: 'stat' | 'hash' | 'scan' | 'watch' | 'read' | null
  readonly age_seconds: number | null
}

/** Why a tool gave no answer: a stable code and a message that names paths relative to the data root only. */
export interface ToolFailure {
  readonly code: string
  readonly message: string
  readonly details?: unknown
}

/**
 * What every tool answers, in the library, on the command line (`--json`) and over HTTP.
 *
 * `text` is what the tool prints; when `truncated`, its last line says what is shown, and `next` is the call that gives
 * the rest. `shown` and `total` count lines, matches, paths or entries, whichever the tool lists.
 */
export interface ToolResult<Data = unknown> {
  readonly tool: string
  readonly arguments: Readonly<Record<string, unknown>>
  readonly ok: boolean
  readonly text: string
  readonly data: Data | null
  readonly truncated: boolean
  readonly shown: number
  readonly total: number
  readonly next: ToolCall | null
  readonly cache: ToolCacheReport
  readonly duration_ms: number
  readonly error: ToolFailure | null
}

/** What a model, a command line or an HTTP client needs to know about one tool. */
export interface ToolDefinition {
  readonly name: string
  readonly description: string
  /** JSON Schema (draft 2020-12) of the arguments. */
  readonly parameters: Readonly<Record<string, unknown>>
}
