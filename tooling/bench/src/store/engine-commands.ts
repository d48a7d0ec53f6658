import type { EngineOptions } from './engine.js'
import type { EngineName } from './engines.js'

/** What a process that holds an engine can be told; each is answered with times in microseconds, or with none. */
export type EngineCommand =
  | {
      readonly type: 'open'
      readonly engine: EngineName
      readonly options: EngineOptions
      readonly entries: number
      readonly valueBytes: number
    }
  /** Opens the same engine once more, elsewhere; the time is until a value is stored there. */
  | { readonly type: 'timeOpen'; readonly engine: EngineName; readonly options: EngineOptions }
  | { readonly type: 'closeFurther' }
  | { readonly type: 'fill' }
  /** Gets every entry once, as a process has that was at work for a while. */
  | { readonly type: 'readAll' }
  /** Awaited hits one after the other: of all keys, or of a single one. */
  | { readonly type: 'timeGets'; readonly count: number; readonly isHot: boolean }
  /** Hits that begin at fixed times whatever became of those before, as those of independent callers do. */
  | { readonly type: 'timePacedGets'; readonly count: number; readonly everyMs: number }
  | { readonly type: 'timeGetsInFlight'; readonly count: number; readonly inFlight: number }
  /** Gets with some sets among them until the time is over. */
  | { readonly type: 'timeMix'; readonly milliseconds: number; readonly inFlight: number; readonly setShare: number }
  /** Blocks the event loop for that share of the time from now on. */
  | { readonly type: 'block'; readonly share: number }
  | { readonly type: 'close' }

/** A command under way. */
export interface EngineRequest {
  readonly id: number
  readonly command: EngineCommand
}

/** What became of it. */
export type EngineAnswer =
  | { readonly id: number; readonly times: readonly number[] }
  | { readonly id: number; readonly error: string }
