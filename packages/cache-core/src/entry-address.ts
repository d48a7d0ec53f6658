/** Names an entry within a store: its namespace (the empty name is the cache itself) and its escaped key. */
export interface EntryAddress {
  readonly namespace: string
  readonly text: string
  /** Both in one string, different for different pairs. */
  readonly address: string
}

/**
 * What the addresses of all entries of a namespace begin with, or those of all entries; the length keeps names from running
 * into keys.
 */
export function addressPrefix(namespace: string | undefined): string {
  return namespace === undefined ? '' : `${namespace.length}:${namespace}`
}

/** The entry that an address names. */
export function parseAddress(address: string): EntryAddress {
  const colon = address.indexOf(':')
  const end = colon + 1 + Number(address.slice(0, colon))
  return { namespace: address.slice(colon + 1, end), text: address.slice(end), address }
}
