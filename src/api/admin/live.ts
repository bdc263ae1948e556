/** Lists that go on while somebody looks at them: new rows of a model as they come (SF-467). */
import { type Choice, findNewestId, listRowsAfter } from '#commerce/backoffice'
import { findLiveSessions } from '#commerce/identity'
import { outsideOfAnyScope } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { EVENTS_ANSWER, type EventStream, openEventStream } from '../http/event-stream.ts'
import type { Server } from '../http/server.ts'
import { Fault } from '../storefront/faults.wire.ts'
import { type Query, queryOf, readChoice } from './choice.ts'
import type { Resource } from './resource.ts'

const LOOK_EVERY_MS = 1000
/** Each so many looks it is asked whether who looks on is still signed in. */
const LOOKS_A_BEAT = 25
/** Rows are written in batches: what is older than this has been written. */
const LOOKS_BACK_MS = 60_000
const ROWS_AT_ONCE = 100
/** Of each model. */
const ONLOOKERS_MAX = 20

type Onlooker<Filters> = { events: EventStream; choice: Choice<Filters>; sessionId: string; after: number }

export function addLive<Row extends { id: number }, Filters>(
  server: Server,
  app: App,
  resource: Resource<Row, Filters>,
): void {
  const { path, noun, listing } = resource
  const onlookers = new Set<Onlooker<Filters>>()
  const since = () => new Date(app.now().getTime() - LOOKS_BACK_MS)

  async function look(onlooker: Onlooker<Filters>): Promise<void> {
    const { choice, after } = onlooker
    const rows = await listRowsAfter(app.db, listing, choice, { since: since(), after, limit: ROWS_AT_ONCE })
    for (const row of rows) onlooker.events.send('row', resource.toRow(row), row.id)
    onlooker.after = rows.at(-1)?.id ?? after
  }
  async function endOver(): Promise<void> {
    const live = await findLiveSessions(app, [...new Set([...onlookers].map(({ sessionId }) => sessionId))])
    for (const { events, sessionId } of onlookers) live.has(sessionId) ? events.beat() : events.end()
  }
  let looks = 0
  let isLooking = false
  const lookAtAll = async () => {
    if (onlookers.size === 0 || isLooking) return
    isLooking = true
    looks += 1
    try {
      for (const onlooker of onlookers) await look(onlooker)
      if (looks % LOOKS_A_BEAT === 0) await endOver()
    } catch (error) {
      app.log.warn({ err: error }, `new rows of ${path} could not be read`)
    } finally {
      isLooking = false
    }
  }
  const timer = setInterval(() => void outsideOfAnyScope(lookAtAll), LOOK_EVERY_MS)
  timer.unref()
  server.addHook('preClose', async () => {
    clearInterval(timer)
    for (const { events } of onlookers) events.end()
  })

  server.get(
    `/admin/${path}/live/`,
    {
      exposeHeadRoute: false,
      schema: {
        operationId: `watchAdmin${noun.many}`,
        tags: ['admin'],
        summary: `Server-sent events: a \`row\` for each new one of ${path} that the filters choose`,
        querystring: queryOf(resource, false),
        response: { 200: EVENTS_ANSWER, 400: Fault, 401: Fault, 403: Fault, 429: Fault },
      },
      config: { access: 'staff', sqlBudget: 3, isEndless: true },
    },
    async (request, reply) => {
      const choice = readChoice(resource, request.query as Query)
      if (onlookers.size >= ONLOOKERS_MAX) throw new Refusal('limited', 'too_many_streams', 'Too many look on')
      const { sessionId } = viewerOf(request)
      const after = await findNewestId(app.db, listing, since())
      const events = openEventStream()
      const onlooker = { events, choice, sessionId, after }
      onlookers.add(onlooker)
      events.onClose(() => onlookers.delete(onlooker))
      return events.answer(request, reply) as never
    },
  )
}
