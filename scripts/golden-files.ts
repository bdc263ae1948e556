/** What the server says of itself, as files that are committed: a change of the API shows in review. */
import { openLocalFeed } from '#platform/changes'
import { buildServer } from '../src/api/index.ts'
import { describeApi } from '../src/api/system/openapi.ts'
import type { App } from '../src/commerce/app.ts'
import { readConfig } from '../src/config.ts'
import { describeConfiguration } from './describe-configuration.ts'

/** File names, from the root of the project, and contents. No database is needed: no request is made. */
export async function makeGoldenFiles(): Promise<Record<string, string>> {
  const server = await buildServer(appWithoutWorld())
  try {
    return {
      'openapi.json': `${JSON.stringify(describeApi(server), null, 2)}\n`,
      'access.txt': accessList(server.routeList),
      ...describeConfiguration(),
    }
  } finally {
    await server.close()
  }
}

type Route = Awaited<ReturnType<typeof buildServer>>['routeList'][number]

/** A line a route: METHOD url access budget operationId, by url. */
function accessList(routes: Route[]): string {
  const sorted = routes.toSorted((a, b) => compare(a.url, b.url) || compare(a.method, b.method))
  return sorted
    .map((route) => [route.method, route.url, route.access, route.sqlBudget ?? '-', route.operationId ?? '-'])
    .map((cells) => `${cells.join(' ')}\n`)
    .join('')
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Routes are registered with what they will use; here none of it may be used. */
function appWithoutWorld(): App {
  const config = readConfig({
    NODE_ENV: 'testing',
    LOG_LEVEL: 'error',
    SECRET_KEY: 'signs nothing: the server that is described is never called',
    PAYMENT_WEBHOOK_SECRET: 'as little',
  })
  const silent = { debug() {}, info() {}, warn() {}, error() {} }
  const world = { config, log: silent, changes: openLocalFeed(), now: () => new Date() }
  return new Proxy(world, {
    get: (known, name) => known[name as keyof typeof world] ?? outOfReach(`app.${String(name)}`),
  }) as unknown as App
}

function outOfReach(name: string): object {
  const refuse = () => {
    throw new Error(`the server used ${name} before it was asked anything`)
  }
  return new Proxy(refuse, { get: refuse, apply: refuse })
}
