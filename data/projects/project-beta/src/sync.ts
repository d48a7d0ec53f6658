/** Uploads visits and settles conflicts between tablets. */

import type { Visit } from './store.ts';

/** Seconds to wait before each new attempt; after the last one we give up until the next depot stop. */
export const RETRY_DELAYS_SECONDS = [5, 30, 120, 600] as const;

export interface Resolution {
  readonly winner: Visit;
  readonly keptAsComment: Visit;
}

/** The later tablet clock wins; the other edit survives as a comment. */
export function resolveConflict(left: Visit, right: Visit): Resolution {
  return right.editedAt > left.editedAt
    ? { winner: right, keptAsComment: left }
    : { winner: left, keptAsComment: right };
}

export async function uploadWithRetry(
  visit: Visit,
  upload: (visit: Visit) => Promise<boolean>,
  wait: (seconds: number) => Promise<void>,
): Promise<boolean> {
  if (await upload(visit)) return true;
  for (const delay of RETRY_DELAYS_SECONDS) {
    // TODO: add jitter, eleven tablets reconnect at the same moment at the depot
    await wait(delay);
    if (await upload(visit)) return true;
  }
  return false;
}
