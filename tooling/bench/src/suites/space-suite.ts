import { measureChurn } from '../space/churn.js'
import { measureOpening } from '../space/open-many.js'
import type { SpaceSettings } from '../space/space-settings.js'
import { measureText } from '../space/text-on-disk.js'
import type { SuiteResult } from '../suite-result.js'

/** What a cache takes: bytes on disk, and time and memory to open. */
export async function spaceSuite(settings: SpaceSettings): Promise<SuiteResult> {
  const goals = [
    ...(await measureText(settings)),
    ...(await measureChurn(settings)),
    ...(await measureOpening(settings)),
  ]
  const notes = [
    'Bytes on disk are those of all files of the cache, after compact() for text; values of 64 KiB and more are files of their own, as large as the values.',
    'Text is that of this workspace’s dependencies, cut in pieces; what is churned is random bytes.',
  ]
  return { comparisons: [], goals, notes }
}
