import type { Route } from '../route.js'

/** `GET /livez`: the process answers. */
export const livenessRoute: Route = {
  method: 'GET',
  url: '/livez',
  open: true,
  answer: async () => ({ document: { status: 'ok' } }),
}
