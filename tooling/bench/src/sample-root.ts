import { fileURLToPath } from 'node:url'

/** Absolute path of the sample data of this repository. */
export const sampleRoot = fileURLToPath(new URL('../../../data', import.meta.url))
