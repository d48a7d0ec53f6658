import type { Ledger } from '../ledger.js'
import type { SharedStatistics } from './generation-slots.js'

/** Namespaces that followers are told about; they see those beyond as empty. */
const mostNamespaces = 256

/** What followers are told about the store. */
export function shareStatistics(ledger: Ledger, evictions: number): SharedStatistics {
  const { entries, bytes } = ledger
  const namespaces = ledger
    .namespaces()
    .slice(0, mostNamespaces)
    .map((name) => [name, [ledger.tally(name)?.entries ?? 0, ledger.tally(name)?.bytes ?? 0]] as const)
  return { entries, bytes, evictions, namespaces: Object.fromEntries(namespaces) }
}
