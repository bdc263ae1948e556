/** Every route of the server, as `access.txt` lists them. */
import type { FastifyInstance, RouteOptions } from 'fastify'

export type ListedRoute = {
  method: string
  url: string
  access: string
  sqlBudget?: number
  operationId?: string
  isEndless?: boolean
}

declare module 'fastify' {
  interface FastifyInstance {
    /** All routes, but for those that only say 405, and HEAD, which is its GET without the body. */
    routeList: ListedRoute[]
  }
  interface FastifyContextConfig {
    /** Its answer goes on until somebody ends it. */
    isEndless?: boolean
    /** The route is no route: it answers 405 for an address that has others. */
    refusesMethod?: boolean
  }
  interface FastifySchema {
    operationId?: string
  }
}

/** Notes the routes that are registered from now on. */
export function keepRouteList(server: FastifyInstance): void {
  const list: ListedRoute[] = []
  server.decorate('routeList', list)
  server.addHook('onRoute', ({ method: methods, url, config, schema }: RouteOptions) => {
    if (config?.refusesMethod) return
    for (const method of [methods].flat()) {
      if (method === 'HEAD') continue
      list.push({
        method,
        url,
        access: config?.access ?? '',
        ...(config?.sqlBudget === undefined ? {} : { sqlBudget: config.sqlBudget }),
        ...(config?.isEndless && { isEndless: true }),
        ...(schema?.operationId === undefined ? {} : { operationId: schema.operationId }),
      })
    }
  })
}
