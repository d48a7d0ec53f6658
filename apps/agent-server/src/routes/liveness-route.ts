import type { Route } from '../route.js'

/** `GET /livez`: the process answers. */
export const livenessRoute: Route = {
  method: 'GET',
  url: '/livez',
  answer: async () => ({ document: { status: 'ok' } }),
}
