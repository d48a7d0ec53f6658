import { z } from 'zod'

/** How a setting's text is read: its schema and the words that say what is allowed. */
export interface SettingKind<Value> {
  readonly schema: z.ZodType<Value>
  readonly allowed: string
}

/** Longest time a setting takes, in seconds. */
export const yearSeconds = 31_536_000

/** Largest file that can be held as a whole, in bytes. */
export const gibibyte = 1_073_741_824

/** Largest size a setting takes, in bytes. */
export const terabyte = 1_099_511_627_776

const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['off', false],
])

/** A whole number of the given range; digits only, so that `1e3`, `0x10` and `5 ` are refused. */
export function integer(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): SettingKind<number> {
  const number = z.number().int().min(minimum).max(maximum)
  return {
    schema: z.preprocess((value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value), number),
    allowed:
      maximum === Number.MAX_SAFE_INTEGER
        ? `a whole number of at least ${minimum}`
        : `a whole number from ${minimum} to ${maximum}`,
  }
}

/** A number of seconds, fractions allowed. */
export function seconds(minimum: number, maximum: number): SettingKind<number> {
  const number = z.number().min(minimum).max(maximum)
  return {
    schema: z.preprocess(
      (value) => (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value),
      number,
    ),
    allowed: `a number of seconds from ${minimum} to ${maximum}`,
  }
}

/** Yes or no, in any of the usual spellings. */
export function flag(): SettingKind<boolean> {
  return {
    schema: z.preprocess(
      (value) => (typeof value === 'string' ? (truths.get(value.toLowerCase()) ?? value) : value),
      z.boolean(),
    ),
    allowed: 'true or false (also 1/0, yes/no, on/off)',
  }
}

/** One of a few words, in any case. */
export function oneOf<const Choice extends string>(choices: readonly Choice[]): SettingKind<Choice> {
  return {
    schema: z.preprocess(
      (value) => (typeof value === 'string' ? (choices.find((choice) => sameWord(choice, value)) ?? value) : value),
      z.enum(choices),
    ),
    allowed: `one of ${choices.join(', ')}`,
  }
}

/** Text that is not empty and has no NUL. */
export function text(): SettingKind<string> {
  return {
    schema: z.string().refine((value) => value !== '' && !value.includes('\0')),
    allowed: 'text that is not empty and has no NUL',
  }
}

/** An http or https address. */
export function address(): SettingKind<string> {
  return {
    schema: z.string().refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)),
    allowed: 'an http:// or https:// address',
  }
}

function sameWord(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}
