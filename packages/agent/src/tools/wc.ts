import { z } from 'zod'
import { path } from './parameters.js'
import { defineTool } from './tool.js'

const schema = z.strictObject({ path })

/** Counts lines, words and bytes. */
export const wc = defineTool({
  name: 'wc',
  description: 'Count the lines, words and bytes of a file.',
  schema,
  async run(input, { manager, signal }) {
    const { lines, words, bytes, cache } = await manager.contentCache.getCounts(input.path, { signal })
    const text = `${lines} ${words} ${bytes} ${manager.root.resolve(input.path)}\n`
    return { text, data: { lines, words, bytes }, shown: 1, total: 1, cache }
  },
})
