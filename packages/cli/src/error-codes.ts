import { exitCodes } from './exit-codes.js'
import type { ExitCode } from './exit-codes.js'

/** The exit code of each error code that is more than a plain failure; what is missing here is exit code 1. */
const exitCodeByErrorCode: ReadonlyMap<string, ExitCode> = new Map([
  ...rows(exitCodes.usage, [
    'CLI_UNKNOWN_COMMAND',
    'CLI_UNKNOWN_OPTION',
    'CLI_MISSING_ARGUMENT',
    'CLI_TOO_MANY_ARGUMENTS',
    'CLI_INVALID_VALUE',
    'CLI_CONFIRMATION_REQUIRED',
    'CLI_CACHE_OFF',
    'CACHE_NOT_ENABLED',
    'CACHE_DIRECTORY_IS_ROOT',
    'WARM_PATTERN_INVALID',
    'SETTING_INVALID',
    'DOTENV_UNREADABLE',
    'WORKING_DIRECTORY_GONE',
    'TOOL_UNKNOWN',
    'TOOL_ARGUMENTS_INVALID',
    'AGENT_MESSAGE_EMPTY',
    'AGENT_SESSION_INVALID',
    'SEARCH_INVALID_PATTERN',
    'SEARCH_EMPTY_PATTERN',
    'PATH_INVALID',
  ]),
  ...rows(exitCodes.notFound, [
    'FILE_NOT_FOUND',
    'ROOT_NOT_FOUND',
    'ROOT_NOT_DIRECTORY',
    'PATH_OUTSIDE_ROOT',
    'SEARCH_SCOPE_NOT_FOUND',
    'AGENT_SESSION_NOT_FOUND',
  ]),
  ...rows(exitCodes.model, [
    'AGENT_MODEL_FAILED',
    'AGENT_MODEL_UNAUTHORIZED',
    'AGENT_MODEL_NOT_FOUND',
    'AGENT_MODEL_RATE_LIMITED',
    'AGENT_MODEL_UNAVAILABLE',
    'AGENT_MODEL_INTERRUPTED',
    'AGENT_MODEL_TIMEOUT',
    'AGENT_MODEL_REFUSED',
    'AGENT_MODEL_UNCONFIGURED',
  ]),
  ...rows(exitCodes.interrupted, ['AGENT_ABORTED', 'CLI_INTERRUPTED', 'SEARCH_ABORTED', 'TOOL_ABORTED']),
])

/** Gives the exit code that belongs to an error code of any layer. */
export function exitCodeOfErrorCode(code: string): ExitCode {
  return exitCodeByErrorCode.get(code) ?? exitCodes.failure
}

function rows(exitCode: ExitCode, codes: readonly string[]): readonly (readonly [string, ExitCode])[] {
  return codes.map((code) => [code, exitCode])
}
