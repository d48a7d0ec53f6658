import { required, secret } from './setting.js'
import { integer, oneOf, text } from './setting-kinds.js'

/** The HTTP server and its log. */
export const serverSettings = {
  host: required({
    key: 'HOST',
    default: '127.0.0.1',
    kind: text(),
    unit: null,
    description: 'Address the server listens on',
  }),
  port: required({
    key: 'PORT',
    default: 8000,
    kind: integer(0, 65_535),
    unit: null,
    description: 'Port the server listens on, 0 for any free one',
  }),
  fsagentApiKey: secret({ key: 'FSAGENT_API_KEY', description: 'Key that clients of the server must send' }),
  logLevel: required({
    key: 'LOG_LEVEL',
    default: 'INFO',
    kind: oneOf(['TRACE', 'DEBUG', 'INFO', 'WARNING', 'WARN', 'ERROR', 'FATAL', 'CRITICAL', 'SILENT']),
    unit: null,
    description: 'Least severity that is logged',
  }),
} as const
