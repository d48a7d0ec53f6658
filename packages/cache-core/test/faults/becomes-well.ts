import type { CacheBench } from '../open-cache.js'

/** Whether a cache stores and finds again within the longest wait between two attempts. */
export async function becomesWell(bench: CacheBench): Promise<boolean> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (await bench.cache.set('well', attempt)) return (await bench.cache.get('well')) === attempt
    bench.clock.advance(30_000)
  }
  return false
}
