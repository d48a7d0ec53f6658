import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AgentError } from '../agent-error.js'

/** No such file; or a directory, as Python's virtual environments are often called. */
const ignoredCodes: ReadonlySet<unknown> = new Set(['ENOENT', 'EISDIR'])

/**
 * Gives the text of the `.env` file in a directory, empty when there is none.
 *
 * @throws AgentError `DOTENV_UNREADABLE`
 */
export function readDotenv(directory: string): string {
  const path = join(directory, '.env')
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (ignoredCodes.has(code)) return ''
    throw new AgentError('DOTENV_UNREADABLE', `Cannot read settings at "${path}": ${String(code)}`, { cause: error })
  }
}
