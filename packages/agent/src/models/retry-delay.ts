import type { ModelFailure } from './model-failure.js'

/** How a wait is measured. */
export interface RetryClock {
  /** Milliseconds since the epoch, for servers that name a time of day. */
  readonly now: () => number
  /** From 0 to 1. */
  readonly random: () => number
}

const firstDelayMs = 500
const longestDelayMs = 30_000

/**
 * Gives the milliseconds to wait before the request is sent again: what the server asks for, else twice as long each
 * time, up to half of it cut off by chance, so that many clients do not come back at once.
 */
export function retryDelay({ headers }: ModelFailure, retries: number, { now, random }: RetryClock): number {
  return askedFor(headers, now) ?? Math.min(longestDelayMs, firstDelayMs * 2 ** retries) * (1 - random() / 2)
}

function askedFor(headers: ModelFailure['headers'], now: () => number): number | undefined {
  const milliseconds = numberIn(headers['retry-after-ms'])
  if (milliseconds !== undefined) return milliseconds
  const after = headers['retry-after']
  const seconds = numberIn(after)
  if (seconds !== undefined) return seconds * 1000
  const time = after === undefined ? Number.NaN : Date.parse(after)
  return Number.isNaN(time) ? undefined : Math.max(0, time - now())
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined
}
