import type { Agent, AgentOptions } from '@fsagent/agent'

/** The questions that the guide of the Python edition compares its caches with. */
export const migrationQuestions: readonly string[] = [
  'Read data/projects/project-alpha/README.md',
  'Find all Python files in data/',
  'Search for TODO in data/projects/',
]

/** The caches that are compared, by name; with both on, v3 answers and v2 is compared with it. */
export const comparedCaches: Readonly<Record<string, Pick<AgentOptions, 'cacheEnabled' | 'useNewCache'>>> = {
  'no cache': { cacheEnabled: false, useNewCache: false },
  v2: { cacheEnabled: true, useNewCache: false },
  v3: { cacheEnabled: false, useNewCache: true },
  'v2 and v3': { cacheEnabled: true, useNewCache: true },
}

/** Milliseconds that an answer took. */
export interface AnswerTime {
  /** The sum of the tool calls alone. */
  readonly tools: number
  /** From the question to the whole answer. */
  readonly answer: number
}

/** Asks a question in a session of its own and takes the time. */
export async function timeAnswer(agent: Agent, question: string): Promise<AnswerTime> {
  const started = performance.now()
  const { toolCalls } = await agent.chat(question)
  const answer = performance.now() - started
  return { answer, tools: toolCalls.reduce((sum, { result }) => sum + result.duration_ms, 0) }
}
