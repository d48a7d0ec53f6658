import { expect, test } from 'vitest'
import { exitCodeOfErrorCode } from '../src/error-codes.js'

test.each([
  ['CLI_UNKNOWN_OPTION', 2],
  ['SETTING_INVALID', 2],
  ['SEARCH_INVALID_PATTERN', 2],
  ['FILE_NOT_FOUND', 4],
  ['PATH_OUTSIDE_ROOT', 4],
  ['AGENT_MODEL_UNAUTHORIZED', 5],
  ['AGENT_MODEL_TIMEOUT', 5],
  ['AGENT_MODEL_REFUSED', 5],
  ['AGENT_ABORTED', 130],
  ['PERMISSION_DENIED', 1],
  ['SOMETHING_NEW', 1],
])('error %s ends with exit code %d', (code, exitCode) => {
  expect(exitCodeOfErrorCode(code)).toBe(exitCode)
})
