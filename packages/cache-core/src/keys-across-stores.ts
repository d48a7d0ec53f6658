import type { EntryStore } from './entry-store.js'
import { escapeText } from './well-formed-text.js'

/** Lists keys from one store, and goes on behind the last one in the next when a store ends meanwhile. */
export async function* keysAcrossStores(
  presentStore: () => Promise<EntryStore | undefined>,
  namespace: string,
  prefix: string,
): AsyncGenerator<string> {
  let store = await presentStore()
  let after: string | undefined
  while (store !== undefined) {
    for await (const key of store.keys(namespace, { prefix, after })) {
      after = escapeText(key)
      yield key
    }
    const next = await presentStore()
    if (next === store) return
    store = next
  }
}
