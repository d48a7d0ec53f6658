import { isWithin } from './tree-queries.js'

/** One walk that several callers wait for. */
interface Batch<Result> {
  readonly scopes: Set<string>
  waiting: number
  readonly outcome: Outcome<Result>
}

interface Outcome<Result> {
  readonly promise: Promise<Result>
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/** What a walk is told. */
export interface WalkRequest {
  /** Scopes to walk; none lies within another. */
  readonly scopes: readonly string[]
  /** Whether nobody waits for the walk any more. */
  readonly isAbandoned: () => boolean
}

/**
 * Runs walks one after the other so that each caller gets one that began after the call.
 *
 * Calls that arrive while a walk runs share the next one; none joins the running one, which may already have passed what
 * the caller wants to see.
 */
export class SyncQueue<Result> {
  readonly #walk: (request: WalkRequest) => Promise<Result>
  #waiting: Batch<Result> | undefined
  #running: Promise<void> | undefined

  constructor(walk: (request: WalkRequest) => Promise<Result>) {
    this.#walk = walk
  }

  /** Waits for a walk over `scope` that begins after this call. @throws the signal's reason once it is aborted */
  async run(scope: string, signal?: AbortSignal): Promise<Result> {
    signal?.throwIfAborted()
    const batch = (this.#waiting ??= { scopes: new Set(), waiting: 0, outcome: createOutcome() })
    batch.scopes.add(scope)
    batch.waiting += 1
    this.#running ??= this.#drain()
    try {
      return await orAborted(batch.outcome.promise, signal)
    } finally {
      batch.waiting -= 1
    }
  }

  /** Waits until no walk runs. */
  async settled(): Promise<void> {
    await this.#running
  }

  async #drain(): Promise<void> {
    await Promise.resolve()
    for (let batch = this.#waiting; batch !== undefined; batch = this.#waiting) {
      this.#waiting = undefined
      await this.#settle(batch)
    }
    this.#running = undefined
  }

  async #settle(batch: Batch<Result>): Promise<void> {
    try {
      const isAbandoned = (): boolean => batch.waiting === 0
      batch.outcome.resolve(await this.#walk({ scopes: outermost(batch.scopes), isAbandoned }))
    } catch (error) {
      batch.outcome.reject(error)
    }
  }
}

function outermost(scopes: ReadonlySet<string>): readonly string[] {
  return [...scopes].filter((scope) => ![...scopes].some((other) => other !== scope && isWithin(scope, other)))
}

/** As `Promise.withResolvers`, which Node 20 has not. */
function createOutcome<Result>(): Outcome<Result> {
  let settle: Omit<Outcome<Result>, 'promise'> | undefined
  const promise = new Promise<Result>((resolve, reject) => {
    settle = { resolve, reject }
  })
  return { promise, resolve: (result) => settle?.resolve(result), reject: (error) => settle?.reject(error) }
}

async function orAborted<Result>(promise: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return promise
  const aborted = createOutcome<never>()
  const onAbort = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
