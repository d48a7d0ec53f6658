/** How long to go on. */
export interface ShrinkOptions<Step> {
  /** Whether these steps still fail. */
  readonly fails: (steps: readonly Step[]) => Promise<boolean>
  /** Milliseconds after which the shortest list that was found so far is good enough. */
  readonly mostMilliseconds: number
}

/**
 * Leaves steps out of a list that fails as long as it goes on failing: halves first, then ever smaller pieces
 * (Zeller's delta debugging, with complements only).
 */
export async function shrink<Step>(
  steps: readonly Step[],
  { fails, mostMilliseconds }: ShrinkOptions<Step>,
): Promise<readonly Step[]> {
  const deadline = performance.now() + mostMilliseconds
  let shortest = steps
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < shortest.length;) {
      if (performance.now() > deadline) return shortest
      const candidate = shortest.toSpliced(start, size)
      if (candidate.length < shortest.length && (await fails(candidate))) shortest = candidate
      else start += size
    }
  }
  return shortest
}
