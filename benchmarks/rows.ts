/** From a deed to contenders: Souk itself, and the limits that there are for it. */
import assert from 'node:assert/strict'
import { readSpent, type Spent, spentBetween } from './cpu.ts'
import type { Deed } from './deeds.ts'
import type { Bytes } from './limits/bare-http.ts'
import { hasPgbench, runPgbench } from './limits/pgbench.ts'
import type { Selects } from './limits/prepared-select.ts'
import type { Script } from './limits/script.ts'
import type { LoopRun } from './limits/statement-loop.ts'
import type { Counted, Load } from './load.ts'
import type { Contender, Row } from './measure.ts'
import type { Options } from './options.ts'
import { type Children, type Helper, type SoukProcess, startHelper } from './processes.ts'
import type { Recorded } from './record.ts'

export type Arena = {
  options: Options
  children: Children
  databaseUrl: string
  souk: SoukProcess
  load: Helper
  bareHttp: Helper
  preparedSelect: Helper
  /** Readies buyers and carts, before each measurement of something that writes. */
  ready(): Promise<void>
  countSold(): Promise<number>
}

/** Connections of the load, of Souk's pool and of each limit's. */
export const CONNECTIONS = 32
export const POOL_SIZE = 16
/** What writes is sent by no more than can be worked at the same time, as pgbench does it. */
const connectionsOf = (deed: Deed) => (deed.writeScript ? POOL_SIZE : CONNECTIONS)
/** After the first round all is warm but the connections. */
const LEAD_IN_SECONDS = 0.3

export function openRow(arena: Arena, deed: Deed, recorded: Recorded[]): Row {
  const bare = limitByBareHttp(arena, deed, recorded)
  const limits = deed.isKept ? [bare] : [limitByDatabase(arena, deed, recorded), bare]
  const prepare = deed.writeScript ? arena.ready : async () => {}
  return { name: deed.name, aim: deed.aim, souk: contendWithSouk(arena, deed), limits, prepare }
}

const limitByDatabase = (arena: Arena, deed: Deed, recorded: Recorded[]): Contender =>
  deed.writeScript
    ? limitByScript(arena, deed.writeScript(recorded[0]!), deed.sells)
    : limitByPreparedSelect(arena, deed, recorded)

export function contendWithSouk({ souk, load, options, databaseUrl }: Arena, deed: Deed): Contender {
  return {
    name: 'Souk',
    run: async (round) => {
      const before = await readSpent(databaseUrl, souk.pid)
      const isOnce = deed.writeScript !== undefined
      const counted = await load.ask<Counted>(loadOf(deed, souk.url, { options, round, isOnce }))
      const after = await readSpent(databaseUrl, souk.pid)
      const own = before && after && after.get(souk.pid)! - before.get(souk.pid)!
      const each = counted.answeredInAll
      return { ...counted, ...(own && { cpuMsEach: own / each }), ...cpuOf(before, after, each) }
    },
  }
}

function cpuOf(before: Spent | undefined, after: Spent | undefined, answers: number): { cpuMsAll?: number } {
  const spent = spentBetween(before, after)
  return spent === undefined ? {} : { cpuMsAll: spent / answers }
}

type Asking = { options: Options; round: number; isOnce?: boolean; seconds?: number }

function loadOf(deed: Deed, url: string, { options, round, isOnce = false, seconds }: Asking): Load {
  return {
    url,
    connections: connectionsOf(deed),
    seconds: seconds ?? options.seconds,
    leadInSeconds: round === 0 ? options.warmUpSeconds : Math.min(LEAD_IN_SECONDS, options.warmUpSeconds),
    requests: deed.requests,
    isOnce,
  }
}

function limitByBareHttp({ bareHttp, load, options }: Arena, deed: Deed, recorded: Recorded[]): Contender {
  const answers: Bytes[] = recorded.map(({ status, headers, body }) => ({ status, headers, body }))
  return {
    name: 'bare node:http',
    run: async (round) => {
      const { port } = await bareHttp.ask<{ port: number }>(answers)
      const url = `http://127.0.0.1:${port}`
      const seconds = deed.isKept ? options.seconds : options.bareSeconds
      return load.ask<Counted>(loadOf(deed, url, { options, round, seconds }))
    },
  }
}

/** All that Souk sends for an answer, mostly one. */
function limitByPreparedSelect(arena: Arena, deed: Deed, recorded: Recorded[]): Contender {
  const { preparedSelect, load, options, databaseUrl: url } = arena
  const answers = recorded.map(({ statements }) => statements)
  const selects: Selects = { url, poolSize: POOL_SIZE, answers }
  const most = Math.max(...answers.map(({ length }) => length))
  let port = 0
  return {
    name: most === 1 ? 'prepared SELECT' : `prepared SELECT, ${most} of them`,
    run: async (round) => {
      if (port === 0) port = (await preparedSelect.ask<{ port: number }>(selects)).port
      const before = await readSpent(url, preparedSelect.pid)
      const counted = await load.ask<Counted>(loadOf(deed, `http://127.0.0.1:${port}`, { options, round }))
      const after = await readSpent(url, preparedSelect.pid)
      return { ...counted, ...cpuOf(before, after, counted.answeredInAll) }
    },
  }
}

/** Until its speed is known: enough to tell. */
const TRANSACTIONS_MIN = 10 * POOL_SIZE

/** Each buyer once, and no more of them than take about as long as Souk is measured. */
function limitByScript(arena: Arena, script: Script, sells: number): Contender {
  const { children, options, databaseUrl: url } = arena
  const run = hasPgbench() ? runPgbench.bind(undefined, children) : runLoop.bind(undefined, children)
  let rate = 0
  const measure = async () => {
    const wanted = Math.min(options.buyers, Math.max(TRANSACTIONS_MIN, rate * options.seconds))
    const transactions = Math.floor(wanted / POOL_SIZE) * POOL_SIZE
    const soldBefore = await arena.countSold()
    const perSecond = await run(script, { url, clients: POOL_SIZE, transactions })
    const sold = (await arena.countSold()) - soldBefore
    assert.equal(sold, transactions * sells, 'the script does not sell what Souk sells')
    return perSecond
  }
  return {
    // The loop is slower, so no aim is held to it.
    name: hasPgbench() ? `pgbench, ${script.steps.length} statements` : 'loop over pg (pgbench is not there)',
    run: async (round) => {
      if (round === 0) {
        rate = await measure()
        await arena.ready()
      }
      rate = await measure()
      return { perSecond: rate }
    },
  }
}

async function runLoop(children: Children, script: Script, run: Omit<LoopRun, 'steps' | 'buyers'>): Promise<number> {
  const { steps, variables } = script
  const buyers = Array.from({ length: run.transactions }, (_, buyer) =>
    Object.fromEntries(Object.entries(variables).map(([name, { of }]) => [name, of(buyer)])),
  )
  const loop = startHelper(children, './limits/statement-loop.ts')
  const { perSecond } = await loop.ask<{ perSecond: number }>({ ...run, steps, buyers })
  loop.end()
  return perSecond
}
