import { expect, test } from 'vitest'
import { InterruptedAnswer, modelFailure } from '../../src/models/model-failure.js'

const thrown = (properties: object): Error => Object.assign(new Error('what happened'), properties)

test.each([
  [thrown({ statusCode: 401 }), 'AGENT_MODEL_UNAUTHORIZED', false],
  [thrown({ statusCode: 403 }), 'AGENT_MODEL_UNAUTHORIZED', false],
  [thrown({ statusCode: 404 }), 'AGENT_MODEL_NOT_FOUND', false],
  [thrown({ statusCode: 429 }), 'AGENT_MODEL_RATE_LIMITED', true],
  [thrown({ statusCode: 429, data: { error: { code: 'insufficient_quota' } } }), 'AGENT_MODEL_RATE_LIMITED', false],
  [thrown({ statusCode: 400, data: { error: { code: 'content_filter' } } }), 'AGENT_MODEL_REFUSED', false],
  [thrown({ statusCode: 400, data: { error: { type: 'invalid_request_error' } } }), 'AGENT_MODEL_FAILED', false],
  [thrown({ statusCode: 408 }), 'AGENT_MODEL_UNAVAILABLE', true],
  [thrown({ statusCode: 503 }), 'AGENT_MODEL_UNAVAILABLE', true],
  [thrown({ lastError: thrown({ statusCode: 500 }) }), 'AGENT_MODEL_UNAVAILABLE', true],
  [thrown({ cause: thrown({ code: 'ECONNREFUSED' }) }), 'AGENT_MODEL_UNAVAILABLE', true],
  [thrown({ statusCode: 200, cause: thrown({ code: 'ECONNRESET' }) }), 'AGENT_MODEL_INTERRUPTED', true],
  [thrown({ statusCode: 200 }), 'AGENT_MODEL_FAILED', false],
  [{ type: 'overloaded_error', message: 'what happened' }, 'AGENT_MODEL_UNAVAILABLE', true],
  [{ type: 'rate_limit_error', message: 'what happened' }, 'AGENT_MODEL_RATE_LIMITED', true],
  [new InterruptedAnswer('what happened'), 'AGENT_MODEL_INTERRUPTED', true],
  [thrown({}), 'AGENT_MODEL_FAILED', false],
  ['what happened', 'AGENT_MODEL_FAILED', false],
])('modelFailure(%j) is %s', (error, code, passes) => {
  expect(modelFailure(error)).toMatchObject({ code, passes, reason: 'what happened' })
})

test('modelFailure() ends on errors that contain themselves', () => {
  const circular = thrown({})
  circular.cause = circular
  expect(modelFailure(circular)).toMatchObject({ code: 'AGENT_MODEL_FAILED', reason: 'what happened' })
  expect(modelFailure(null)).toMatchObject({ code: 'AGENT_MODEL_FAILED', reason: 'no reason given' })
})
