import { expect, test } from 'vitest'
import { loadValue, type LoadSteps } from '../src/load-value.js'
import { SingleFlight } from '../src/single-flight.js'

/** Steps that find nothing, load a value, and store it when they are let. */
function stepsOf(value: string, store: () => Promise<boolean>): LoadSteps {
  return { isMissing: true, find: async () => undefined, load: () => value, lease: async () => 1, store }
}

test.each([true, false])(
  'who asks while a loaded value is being stored looks for himself (%s: it is stored)',
  async (isStored) => {
    const flights = new SingleFlight()
    let answer = (): void => {}
    const isAnswered = new Promise<boolean>((resolve) => (answer = () => resolve(isStored)))
    const storing = new Promise<void>((resolve) => {
      const store = async (): Promise<boolean> => {
        resolve()
        return await isAnswered
      }
      void loadValue(flights, 'key', stepsOf('older', store)).then((value) => seen.push(value))
    })
    const seen: unknown[] = []
    const joined = loadValue(
      flights,
      'key',
      stepsOf('anew', async () => true),
    )
    await storing
    // The value has been taken by now, and changed again, of which this caller may know.
    expect(
      await loadValue(
        flights,
        'key',
        stepsOf('newer', async () => true),
      ),
    ).toBe('newer')
    answer()
    expect(await joined).toBe(isStored ? 'older' : 'anew')
    expect(seen).toEqual(['older'])
  },
)
