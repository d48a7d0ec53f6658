import { temporaryDirectory, writeTree, type TreeDescription } from '@fsagent/testing'
import type { AgentOptions } from '../../src/agent-options.js'
import type { Agent } from '../../src/agent.js'
import { createAgent } from '../../src/create-agent.js'

/** An agent over files of its own, which vanish with it. */
export interface TestAgent extends AsyncDisposable {
  readonly agent: Agent
  /** Absolute path of the data root. */
  readonly root: string
  /** Absolute path of the directory that holds the data root and the cache. */
  readonly outside: string
}

/** Writes files and opens an agent over them; the cache lies beside the data root. */
export async function openAgent(tree: TreeDescription, options: Partial<AgentOptions> = {}): Promise<TestAgent> {
  const directory = temporaryDirectory('fsagent-agent-')
  const root = directory.join('data')
  writeTree(directory.path, { 'data/': '' })
  writeTree(root, tree)
  const agent = await createAgent({ dataRoot: root, cacheDirectory: directory.join('cache'), ...options })
  return {
    agent,
    root,
    outside: directory.path,
    [Symbol.asyncDispose]: async () => {
      await agent.close()
      directory[Symbol.dispose]()
    },
  }
}
