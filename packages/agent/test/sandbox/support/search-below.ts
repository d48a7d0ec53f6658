import { chmodSync, writeFileSync } from 'node:fs'
import { DataRoot, TreeIndex } from '@fsagent/file-state'
import { RipgrepEngine, SearchCache, type RipgrepEngineOptions } from '@fsagent/search-cache'

/** Opens a search over a root with an engine of its own, as the agent has one, without a store. */
export async function searchBelow(
  path: string,
  engine: RipgrepEngineOptions,
): Promise<AsyncDisposable & { readonly search: SearchCache }> {
  const root = await DataRoot.open(path)
  const index = await TreeIndex.open({ root })
  return {
    search: new SearchCache({ root, index, engine: new RipgrepEngine(engine) }),
    [Symbol.asyncDispose]: async () => {
      await index.close()
      root.close()
    },
  }
}

/** Writes a program for `/bin/sh`. */
export function writeProgram(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
}
