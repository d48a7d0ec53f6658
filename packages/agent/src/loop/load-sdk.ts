import type * as Sdk from 'ai'

let loading: Promise<typeof Sdk> | undefined

/** Loads the AI SDK when a model is asked for the first time: tools and cache commands start without it. */
export async function loadSdk(): Promise<typeof Sdk> {
  loading ??= importSdk()
  return loading
}

async function importSdk(): Promise<typeof Sdk> {
  const sdk = await import('ai')
  // The SDK prints what providers warn about, also to stdout; whoever wants that has set it before.
  globalThis.AI_SDK_LOG_WARNINGS ??= false
  return sdk
}
