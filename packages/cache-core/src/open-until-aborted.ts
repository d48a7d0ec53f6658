import { untilAborted } from './until-aborted.js'

/**
 * Waits for something that is being opened, or until the signal ends the wait; what comes late is closed.
 *
 * @throws the signal's reason
 */
export async function openUntilAborted<Opened extends { close(): Promise<void> }>(
  opening: Promise<Opened>,
  signal: AbortSignal | undefined,
): Promise<Opened> {
  try {
    return await untilAborted(opening, signal)
  } catch (error) {
    if (signal?.aborted === true) void closeLate(opening)
    throw error
  }
}

async function closeLate(opening: Promise<{ close(): Promise<void> }>): Promise<void> {
  try {
    await (await opening).close()
  } catch (error) {
    // It could not be opened, and nobody waits to hear why.
    if (!(error instanceof Error)) throw error
  }
}
