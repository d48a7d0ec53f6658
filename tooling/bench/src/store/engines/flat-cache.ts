import { create } from 'flat-cache'
import type { Engine, EngineOptions } from '../engine.js'

/**
 * One JSON file that is read and written whole. Values are texts there; a set is on disk after a save, which those of
 * one turn of the event loop share.
 */
export async function openFlatCache({ directory }: EngineOptions): Promise<Engine> {
  const settings = { cacheId: 'flat', cacheDir: directory }
  const cache = create(settings)
  let saving: Promise<void> | undefined
  const save = async (): Promise<void> => {
    await new Promise(setImmediate)
    saving = undefined
    cache.save(true)
  }
  return {
    get: (key) => cache.getKey(key),
    getCold: (key) => {
      const loaded = create(settings)
      loaded.load()
      return loaded.getKey(key)
    },
    set: (key, value) => {
      cache.setKey(key, value.toString('base64'))
      saving ??= save()
      return saving
    },
    fill: (entries) => {
      for (const [key, value] of entries) cache.setKey(key, value.toString('base64'))
      cache.save(true)
    },
    close: () => {},
  }
}
