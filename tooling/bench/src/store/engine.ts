/** Something that keeps values by key: our cache, one of its peers, or the file system. */
export interface Engine {
  /** The bytes or the text under a key, or `undefined`. */
  get(key: string): unknown
  /** Stores a value; when it has resolved, another process can read it. */
  set(key: string, value: Buffer): unknown
  /** Stores many values as fast as the engine can. */
  fill(entries: readonly (readonly [string, Buffer])[]): unknown
  /** A hit with nothing in memory, for an engine whose `get` never reads its files. */
  getCold?(key: string): unknown
  /** A read without a promise, for an engine that has an awaited one too. */
  getSync?(key: string): unknown
  close(): unknown
}

/** How an engine is opened. */
export interface EngineOptions {
  readonly directory: string
  /** Bytes of values kept in memory, for an engine with a memory tier; its default unless given. */
  readonly memoryLimit?: number
  /** Bytes of values kept at all, for an engine with such a limit; its default unless given. */
  readonly sizeLimit?: number
}

/** Opens an engine; rejects when its native addon is missing. */
export type EngineOpener = (options: EngineOptions) => Promise<Engine>
