import type { AgentWarning } from '../agent-options.js'
import type { Settings } from '../settings/settings-table.js'
import { openToolParts, type ToolParts } from './tool-parts.js'
import type { ToolResult } from './tool-result.js'

/** How tools are opened for a process that calls one of them and ends. */
export interface OneCallOptions {
  /** As `parseSettings()` gives them. */
  readonly settings: Settings
  readonly onWarning?: ((warning: AgentWarning) => void) | undefined
  /**
   * Milliseconds that a search gets before the store is opened to see whether the answer can be proved sooner; 0 always
   * goes by the store, `Infinity` never does. About what opening costs by default.
   */
  readonly patienceMs?: number | undefined
}

/**
 * The tools, for a process that calls one and ends: each answer comes by the cheapest way that is right.
 *
 * Files are read, and searches run, without the persistent cache, whose opening costs more than it saves for one call.
 * Freshness other than `auto` uses it all the same.
 */
export class OneCallTools implements AsyncDisposable {
  readonly #parts: ToolParts

  /** Use `openOneCallTools()`. */
  constructor(parts: ToolParts) {
    this.#parts = parts
  }

  /** Runs one tool by name with JSON arguments; what fails is part of the result. */
  async run(
    name: string,
    toolArguments: unknown,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<ToolResult> {
    const { legacyTools, runner } = this.#parts
    return await (legacyTools ?? runner).run(name, toolArguments, options.signal)
  }

  /** To be called when the answer is out: stores it for other processes where that pays. */
  async settle(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    await this.#parts.manager.searchCache.settle(options)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.manager.close()
  }
}

/**
 * Opens the tools for one call; the caller disposes of them.
 *
 * @throws FileStateError `ROOT_NOT_FOUND`, `ROOT_NOT_DIRECTORY`, `PERMISSION_DENIED`
 * @throws CacheManagerError `CACHE_DIRECTORY_IS_ROOT`
 */
export async function openOneCallTools({ settings, onWarning, patienceMs }: OneCallOptions): Promise<OneCallTools> {
  const oneShot = settings.cacheFreshness === 'auto' ? { patienceMs } : undefined
  return new OneCallTools(await openToolParts(settings, { onWarning, oneShot }))
}
