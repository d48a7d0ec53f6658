import type { DataRoot } from './data-root.js'
import { DescriptorFoothold } from './descriptor-foothold.js'

/** Why a root cannot be watched; `undefined` when it can. */
export function whyNotWatched(root: DataRoot): string | undefined {
  if (process.platform !== 'linux') return 'only Linux queues an event before the writing call returns'
  if (!DescriptorFoothold.isSupported()) return 'there is no /proc'
  const signature = root.signatureSync('')
  if (signature === undefined) return 'the root cannot be examined'
  const isLocal = root.granularityNs('', signature) !== undefined
  return isLocal ? undefined : 'the file system is not known to tell of every change'
}
