import { z } from 'zod'

/** A path below the data root. */
export const path = z.string().describe('Path relative to the data root, with "/"')

/** A directory or file to work on, the whole data root unless given. */
export const scope = path.default('.')

/** How many are shown at most. */
export function limit(value: number, unit: string): z.ZodDefault<z.ZodNumber> {
  return count().default(value).describe(`Most ${unit} to show, 0 for everything`)
}

/** How many are skipped. */
export function offset(unit: string): z.ZodDefault<z.ZodNumber> {
  return count().default(0).describe(`How many ${unit} to skip`)
}

/** A number that counts something, 0 included. */
export function count(): z.ZodNumber {
  return z.number().int().min(0)
}

/** The number of a line, from 1. */
export const lineNumber = z.number().int().min(1)

/** Whether files that ignore files exclude are included. */
export const includeIgnored = z.boolean().describe('Also files that .gitignore or .ignore exclude')
