type Sdk = typeof import('ai')

let loading: Promise<Sdk> | undefined

/** Loads the AI SDK when a model is asked for the first time: tools and cache commands start without it. */
export async function loadSdk(): Promise<Sdk> {
  loading ??= import('ai')
  return loading
}
