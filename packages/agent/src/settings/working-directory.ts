import { AgentError } from '../agent-error.js'

/**
 * Gives the directory that relative settings such as `./data` start from.
 *
 * @throws AgentError `WORKING_DIRECTORY_GONE` when somebody has removed it
 */
export function workingDirectoryOf(host: Pick<NodeJS.Process, 'cwd'>): string {
  try {
    return host.cwd()
  } catch (error) {
    throw new AgentError('WORKING_DIRECTORY_GONE', 'Cannot find working directory: it was removed', { cause: error })
  }
}
