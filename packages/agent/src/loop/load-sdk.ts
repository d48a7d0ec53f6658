import type * as Sdk from 'ai'

let loading: Promise<typeof Sdk> | undefined

/** Loads the AI SDK when a model is asked for the first time: tools and cache commands start without it. */
export async function loadSdk(): Promise<typeof Sdk> {
  loading ??= import('ai')
  return loading
}
