/** A known address asked with a method that it does not have answers 405 and says which it has (V1-011). */
import '@fastify/swagger'
import type { FastifyInstance, FastifyReply, HTTPMethods, RouteOptions } from 'fastify'
import { Refusal } from '#platform/refusal.ts'

const METHODS: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Notes the routes that are registered from now on; call the returned function when all are there. */
export function refuseOtherMethods(server: FastifyInstance): () => void {
  const known = new Map<string, Set<string>>()
  let collecting = true
  server.addHook('onRoute', (route: RouteOptions) => {
    if (!collecting) return
    const methods = known.get(route.url) ?? new Set()
    for (const method of [route.method].flat()) methods.add(method)
    known.set(route.url, methods)
  })
  return () => {
    collecting = false
    for (const [url, methods] of known) addRefusal(server, url, methods)
  }
}

function addRefusal(server: FastifyInstance, url: string, methods: Set<string>): void {
  const allowed = [...methods, ...(methods.has('OPTIONS') ? [] : ['OPTIONS'])].join(', ')
  // The hook saw the full address; here the prefix of the scope is added again.
  const here = { url: url.slice(server.prefix.length) || '/', schema: { hide: true } }
  const config = { access: 'public', refusesMethod: true } as const
  const others = METHODS.filter((method) => !methods.has(method))
  if (others.length > 0) {
    server.route({
      ...here,
      config,
      method: others,
      onRequest: (request) => {
        throw new Refusal('invalid', 'method_not_allowed', 'Method not allowed', { method: request.method, allowed })
      },
      handler: () => undefined,
    })
  }
  if (methods.has('OPTIONS')) return
  const sayAllowed = (_request: unknown, reply: FastifyReply) => reply.code(204).header('Allow', allowed).send()
  server.route({ ...here, config, method: 'OPTIONS', handler: sayAllowed })
}
