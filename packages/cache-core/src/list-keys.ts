import { endOf, entryKey, metadataPrefix } from './layout.js'
import { decodeMetadata } from './metadata.js'
import type { StoreParts } from './store-parts.js'
import { isLive } from './stored-value.js'
import { unescapeText } from './well-formed-text.js'

const stepLength = 256

/** Which keys are listed. */
export interface KeyRange {
  readonly prefix: string
  /** Only keys behind this one; in its stored form. */
  readonly after?: string | undefined
}

/** The keys of a namespace's live entries in a range, in the order of their UTF-8 bytes. */
export async function* listKeys(parts: StoreParts, namespace: string, range: KeyRange): AsyncGenerator<string> {
  const { prefix, after } = range
  const { database, ledger, clock } = parts
  const namespaceId = ledger.tally(namespace)?.id
  if (namespaceId === undefined) return
  const namespaceStart = metadataPrefix + entryKey(namespaceId, '')
  const start = namespaceStart + plainHead(prefix)
  const lower = after === undefined ? { gte: start } : { gt: namespaceStart + after }
  const iterator = database.iterator({ ...lower, lt: endOf(metadataPrefix) })
  try {
    for (;;) {
      const found = await iterator.nextv(stepLength)
      for (const [stored, value] of found) {
        if (!stored.startsWith(start)) return
        const key = unescapeText(stored.slice(namespaceStart.length))
        const metadata = decodeMetadata(stored.slice(metadataPrefix.length), value)
        if (metadata !== undefined && key.startsWith(prefix) && isLive(metadata, clock.now())) yield key
      }
      if (found.length === 0) return
    }
  } finally {
    await iterator.close()
  }
}

/** The part of a prefix that is stored as it is written: up to the first surrogate or escaped character. */
function plainHead(prefix: string): string {
  return /^[^\uD800-\uDFFF\uFFFF]*/.exec(prefix)?.[0] ?? ''
}
