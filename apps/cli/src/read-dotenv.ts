import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Gives the text of the `.env` file in a directory; none when there is no such file. */
export function readDotenv(directory: string): string {
  try {
    return readFileSync(join(directory, '.env'), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
