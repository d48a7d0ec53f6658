import { queryAddress, queryText, type CanonicalQuery } from '../canonical-query.js'

/** Where a stored search is looked up. */
export interface StoredAddress {
  readonly key: string
  readonly queryText: string
  readonly scope: string
}

/** Where the result of a query is stored. */
export function addressOf(query: CanonicalQuery): StoredAddress {
  const text = queryText(query)
  return { key: queryAddress(text), queryText: text, scope: query.scope }
}
