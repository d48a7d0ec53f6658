export type { CacheReport, Outcome } from './cache-report.js'
export { FileContent } from './file-content.js'
export type { TextEncoding } from './text-encoding.js'
