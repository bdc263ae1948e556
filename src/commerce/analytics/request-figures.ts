/** What requests add to the figures of their day, added up in memory until it is written. */
import type { TrackedRequest } from './requests.queries.ts'

type RouteFigures = {
  day: string
  route: string
  requests: number
  clientErrors: number
  serverErrors: number
  elapsedMs: number
}
/** Of somebody without account and visit, the name is his address with his browser: only its hash is kept. */
type VisitorSeen = { day: string; name: string; is_address: boolean; seenAtMs: number }
export type TakenFigures = { routes: RouteFigures[]; visitors: VisitorSeen[] }

const DAY_MS = 86_400_000

export type RequestFigures = {
  add(request: TrackedRequest): void
  /** What there is, for who writes it; what comes now is for the next time. */
  take(): TakenFigures
  /** What could not be written. */
  giveBack(taken: TakenFigures): void
}

export function openRequestFigures(): RequestFigures {
  let routes = new Map<string, RouteFigures>()
  let visitors = new Map<string, VisitorSeen>()
  let today = { number: -1, name: '' }

  const dayOf = (ms: number): string => {
    const number = Math.floor(ms / DAY_MS)
    if (number !== today.number) today = { number, name: new Date(ms).toISOString().slice(0, 10) }
    return today.name
  }
  const addRoute = (figures: RouteFigures) => {
    const key = `${figures.day} ${figures.route}`
    const known = routes.get(key)
    if (!known) return void routes.set(key, figures)
    known.requests += figures.requests
    known.clientErrors += figures.clientErrors
    known.serverErrors += figures.serverErrors
    known.elapsedMs += figures.elapsedMs
  }
  const addVisitor = (seen: VisitorSeen) => {
    const key = `${seen.day} ${seen.name}`
    const known = visitors.get(key)
    if (!known) visitors.set(key, seen)
    else known.seenAtMs = Math.max(known.seenAtMs, seen.seenAtMs)
  }
  return {
    add: ({ happenedAtMs, route, status, elapsedMs, isVisit, accountId, sessionId, ip, userAgent }) => {
      const day = dayOf(happenedAtMs)
      const isClients = status >= 400 && status < 500
      addRoute({ day, route, requests: 1, clientErrors: +isClients, serverErrors: +(status >= 500), elapsedMs })
      if (!isVisit) return
      const isAddress = accountId === null && sessionId === null
      const known = accountId === null ? `visit ${sessionId}` : `account ${accountId}`
      const name = isAddress ? `${ip} ${userAgent}` : known
      addVisitor({ day, name, is_address: isAddress, seenAtMs: happenedAtMs })
    },
    take: () => {
      const taken = { routes: [...routes.values()], visitors: [...visitors.values()] }
      routes = new Map()
      visitors = new Map()
      return taken
    },
    giveBack: (taken) => {
      for (const figures of taken.routes) addRoute(figures)
      for (const seen of taken.visitors) addVisitor(seen)
    },
  }
}
