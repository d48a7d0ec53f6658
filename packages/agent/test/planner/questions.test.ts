import { fileURLToPath } from 'node:url'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { readQuestions, scoreQuestions } from '../../questions/score-questions.mjs'
import { createAgent } from '../../src/create-agent.js'
import { createPlanner } from '../../src/planner/create-planner.js'

const dataRoot = fileURLToPath(new URL('../../../../data', import.meta.url))
/** Just under what is reached, so that a change that makes answers worse is seen. */
const LEAST_SHARE = 0.98

test.each([false, true])(
  'the planner cites what the questions require (lazy tools: %s)',
  async (lazyTools) => {
    using directory = temporaryDirectory()
    const model = createPlanner()
    await using agent = await createAgent({ dataRoot, cacheDirectory: directory.join('cache'), model, lazyTools })
    const score = await scoreQuestions(agent, readQuestions(), { dataRoot })
    expect(score.asked).toBeGreaterThanOrEqual(120)
    expect(score.failures.flatMap((failure) => failure.wrong)).toEqual([])
    expect(score.failures.map(({ question, missed }) => ({ question, missed })).slice(5)).toEqual([])
    expect(1 - score.missing / score.required).toBeGreaterThanOrEqual(LEAST_SHARE)
  },
  300_000,
)
