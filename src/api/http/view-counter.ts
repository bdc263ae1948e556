/** One counter of views for all surfaces of a server (V1-202, NX-111). */
import type { FastifyInstance } from 'fastify'
import { openViewCounter, type ViewCounter } from '#commerce/browse'
import type { App } from '../../commerce/app.ts'

declare module 'fastify' {
  interface FastifyInstance {
    views: ViewCounter
  }
}

/** Gives the server `views`, which writes the rest when it closes. */
export function countViews(server: FastifyInstance, app: App): void {
  const views = openViewCounter(app)
  server.decorate('views', views)
  server.addHook('onClose', () => views.close())
}
