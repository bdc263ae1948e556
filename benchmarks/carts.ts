/**
 * `npm run bench:carts`: what it costs to read and to order a cart of 200 lines, against one of two, measured in turn.
 * docs/benchmarks.md says how to read it.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { compose } from '../src/composition.ts'
import { readConfig } from '../src/config.ts'
import { accountOf } from './buyers.queries.ts'
import { fillCart } from './carts.queries.ts'
import { openBenchDatabase } from './database.ts'
import { writeEnvironment } from './environment.ts'
import { type Furnished, furnish } from './furnish.ts'
import { median } from './measure.ts'
import { openChildren, startSouk } from './processes.ts'

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    sizes: { type: 'string', default: '2,200' },
    profile: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
  },
})
const sizes = given.sizes.split(',').map(Number)
const rounds = Number(given.rounds)
/** The large cart may cost so many times the small one. */
const RATIO_MAX = 3
const WARM_UP_ROUNDS = 20
const BUYER = 0

const children = openChildren()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => children.endAll())
const folder = mkdtempSync(join(tmpdir(), 'souk-bench-files-'))
const database = await openBenchDatabase(process.env.BENCH_DATABASE_URL)
try {
  const isMet = await run(database.url)
  if (given.strict && !isMet) process.exitCode = 1
} finally {
  children.endAll()
  await database.close()
  rmSync(folder, { recursive: true, force: true })
}

type Costs = Record<'read' | 'order', number[]>

async function run(url: string): Promise<boolean> {
  const environment = writeEnvironment(url, folder, 4)
  const shop = await makeShop(environment, url)
  const souk = await startSouk(children, environment, { args: ['--no-worker'], nodeOptions: profiling(), folder })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const costs = new Map<number, Costs>(sizes.map((lines) => [lines, { read: [], order: [] }]))
  try {
    for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
      for (const [lines, cost] of costs) {
        await fillCart(client, accountOf(BUYER), lines, shop.sellableVariants)
        const read = await readCart(souk.url, shop.tokens[BUYER]!)
        const order = await placeOrder(souk.url, shop.tokens[BUYER]!)
        if (round < 0) continue
        cost.read.push(read)
        cost.order.push(order)
      }
    }
  } finally {
    await client.end()
    await souk.stop()
  }
  return tell(costs)
}

async function makeShop(environment: Record<string, string>, url: string): Promise<Furnished> {
  const { app, close } = await compose(readConfig(environment), { worker: false })
  try {
    return await furnish(app, url, { products: 10_000, buyers: 1 })
  } finally {
    await close()
  }
}

function readCart(url: string, token: string): Promise<number> {
  return time(200, `${url}/api/v1/cart/`, { headers: bearer(token) })
}

function placeOrder(url: string, token: string): Promise<number> {
  return time(201, `${url}/api/v1/orders/`, {
    method: 'POST',
    headers: { ...bearer(token), 'content-type': 'application/json' },
    body: JSON.stringify({ shipping_address_id: accountOf(BUYER), payment_method: 'stripe' }),
  })
}

function bearer(token: string) {
  return { authorization: `Bearer ${token}` }
}

/** Milliseconds until the whole answer is there. */
async function time(expected: number, url: string, request: RequestInit): Promise<number> {
  const begun = performance.now()
  const answer = await fetch(url, request)
  const body = await answer.text()
  const ms = performance.now() - begun
  if (answer.status !== expected) throw new Error(`${url} answered ${answer.status}: ${body}`)
  return ms
}

function tell(costs: Map<number, Costs>): boolean {
  const small = costs.get(sizes[0]!)!
  let isMet = true
  for (const deed of ['read', 'order'] as const) {
    for (const [lines, cost] of costs) {
      const ratio = median(cost[deed]) / median(small[deed])
      isMet &&= ratio <= RATIO_MAX
      console.log(`${deed} ${lines} lines: ${median(cost[deed]).toFixed(2)} ms, ${ratio.toFixed(2)} times`)
    }
  }
  return isMet
}

/** `--profile`: a CPU profile of Souk in var/benchmarks/. */
function profiling(): string[] {
  if (!given.profile) return []
  const into = resolve('var/benchmarks')
  mkdirSync(into, { recursive: true })
  return ['--cpu-prof', `--cpu-prof-dir=${into}`]
}
