import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/** Gives the variables of the `.env` file in a directory; none when there is no such file. */
export function readDotenv(directory: string): Readonly<Record<string, string | undefined>> {
  try {
    return { ...parseEnv(readFileSync(join(directory, '.env'), 'utf8')) }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}
