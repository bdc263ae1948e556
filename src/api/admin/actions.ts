import { Type } from 'typebox'
import type { App } from '../../commerce/app.ts'
import type { Server } from '../http/server.ts'
import { Fault } from '../storefront/faults.wire.ts'
import { type Query, queryOf, readChoice } from './choice.ts'
import type { Action, Resource } from './resource.ts'

const IDS_MAX = 10_000
const Selection = Type.Object({
  ids: Type.Optional(
    Type.Array(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), {
      maxItems: IDS_MAX,
      description: 'none: all that the filters choose',
    }),
  ),
})

export function addActions<Row, Filters>(
  server: Server,
  app: App,
  resource: Resource<Row, Filters>,
  actions: Action<Filters>[],
): void {
  const { path, says } = resource
  for (const { name, summary, operationId, sqlBudget, answer, run } of actions) {
    server.post(
      `/admin/${path}/actions/${name}/`,
      {
        schema: {
          operationId,
          tags: ['admin'],
          summary,
          querystring: queryOf(resource, false),
          body: Selection,
          response: { 200: answer, 400: Fault, 401: Fault, 403: Fault },
        },
        config: { access: 'staff', sqlBudget, ...(says && { says }) },
      },
      async (request, reply) => {
        const { ids } = request.body
        const choice = readChoice(resource, request.query as Query)
        return (await run(app, reply, { ...choice, ...(ids && ids.length > 0 && { ids }) })) as never
      },
    )
  }
}
