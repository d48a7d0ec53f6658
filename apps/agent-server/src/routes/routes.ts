import type { Route } from '../route.js'
import { cacheClearRoute } from './cache-clear-route.js'
import { cacheStatsRoute } from './cache-stats-route.js'
import { chatRoute } from './chat-route.js'
import { healthRoute } from './health-route.js'
import { livenessRoute } from './liveness-route.js'
import { sessionDeleteRoute } from './session-delete-route.js'
import { sessionExportRoute } from './session-export-route.js'
import { sessionListRoute } from './session-list-route.js'
import { toolRoute } from './tool-route.js'

/** The routes of the server; all but the open ones need the key when there is one. */
export const routes: readonly Route[] = [
  chatRoute,
  sessionListRoute,
  sessionExportRoute,
  sessionDeleteRoute,
  toolRoute,
  cacheStatsRoute,
  cacheClearRoute,
  healthRoute,
  livenessRoute,
]
