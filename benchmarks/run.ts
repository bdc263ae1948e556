/**
 * `npm run bench`: how fast Souk is, held against limits that are measured in the same minutes on the same machine.
 * docs/benchmarks.md says how to read it.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { buildServer } from '../src/api/index.ts'
import { compose } from '../src/composition.ts'
import { readConfig } from '../src/config.ts'
import { countSold, describeDatabase, forgetJobs, readyBuyers } from './buyers.queries.ts'
import { changeOnce, keepChanging } from './changes.queries.ts'
import { openBenchDatabase } from './database.ts'
import { type Deed, listDeeds } from './deeds.ts'
import { NOTHING_KEPT, writeEnvironment } from './environment.ts'
import { type Furnished, furnish } from './furnish.ts'
import { type Measured, measureInTurn } from './measure.ts'
import { type Options, readOptions } from './options.ts'
import { openChildren, startHelper, startSouk } from './processes.ts'
import { type Recorded, record } from './record.ts'
import { describeRun, isMet, writeTable } from './report.ts'
import { type Arena, CONNECTIONS, contendWithSouk, openRow, POOL_SIZE } from './rows.ts'

const options = readOptions(process.argv.slice(2), process.env)
let isStopped = false
const children = openChildren()
/** A row that takes longer hangs. */
const WATCHDOG_MS = 4 * 60_000
const watchdog = setTimeout(() => stopNow('this takes too long'), WATCHDOG_MS)
const measured: Measured[] = []
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopNow(signal))

/** Whatever waits for a process hears that it is gone, and the run ends through its `finally`. */
function stopNow(reason: string): void {
  console.error(`Stopping: ${reason}`)
  isStopped = true
  children.endAll()
}

const folder = mkdtempSync(join(tmpdir(), 'souk-bench-files-'))
const database = await openBenchDatabase(process.env.BENCH_DATABASE_URL)
try {
  const rows = await run(database.url)
  if (options.isStrict && rows.some((row) => isMet(row) === false)) process.exitCode = 1
} catch (error) {
  // What was stopped fails somewhere, and that tells nobody anything; what was measured until then does.
  if (!isStopped) console.error(error)
  if (measured.length > 0) console.log(`${writeTable(measured)}\n`)
  process.exitCode = 1
} finally {
  clearTimeout(watchdog)
  children.endAll()
  await database.close()
  rmSync(folder, { recursive: true, force: true })
}

async function run(url: string): Promise<Measured[]> {
  const environment = writeEnvironment(url, folder, POOL_SIZE)
  console.error('Making a shop …')
  const { shop, deeds, recorded } = await prepare(environment, url)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const surroundings = await describeDatabase(client)
    console.log(`\n${describeRun(surroundings, shop, { ...options, connections: CONNECTIONS, poolSize: POOL_SIZE })}\n`)
    const ready = async () => {
      await forgetJobs(client)
      await readyBuyers(client, shop.sellableVariants)
    }
    await measureAll(environment, deeds, recorded, { url, ready, countSold: () => countSold(client) })
    console.log(`${writeTable(measured)}\n`)
    return measured
  } finally {
    await client.end()
  }
}

type Prepared = { shop: Furnished; deeds: Deed[]; recorded: Recorded[][] }

/** Migrates, fills the shop, and asks once for all that will be asked for. */
async function prepare(environment: Record<string, string>, url: string): Promise<Prepared> {
  const { app, close } = await compose(readConfig(environment), { worker: false })
  try {
    const shop = await furnish(app, url, options)
    const deeds = listDeeds(shop).filter(({ key }) => options.deeds.length === 0 || options.deeds.includes(key))
    const server = await buildServer(app)
    const recorded: Recorded[][] = []
    for (const deed of deeds) {
      const answers: Recorded[] = []
      for (const sample of deed.samples) {
        if (deed.isAmongChanges) {
          await record(server, sample)
          await changeOnce(url)
        }
        answers.push(await record(server, sample))
      }
      recorded.push(answers)
    }
    await server.close()
    return { shop, deeds, recorded }
  } finally {
    await close()
  }
}

type Place = { url: string } & Pick<Arena, 'ready' | 'countSold'>

async function measureAll(
  environment: Record<string, string>,
  deeds: Deed[],
  recorded: Recorded[][],
  { url, ...place }: Place,
): Promise<void> {
  const helpers = {
    load: startHelper(children, './load.ts'),
    bareHttp: startHelper(children, './limits/bare-http.ts'),
    preparedSelect: startHelper(children, './limits/prepared-select.ts'),
  }
  const open = async (args: string[], settings: Record<string, string> = {}): Promise<Arena> => {
    const all = { ...environment, ...settings }
    const souk = await startSouk(children, all, { args, nodeOptions: profiling(options), folder })
    return { options, children, databaseUrl: url, souk, ...helpers, ...place }
  }
  for (const isKept of [undefined, true] as const) {
    const measuredNow = [...deeds.entries()].filter(([, deed]) => deed.isKept === isKept)
    if (measuredNow.length === 0) continue
    const arena = await open(['--no-worker'], isKept ? {} : NOTHING_KEPT)
    for (const [index, deed] of measuredNow) {
      console.error(`Measuring: ${deed.name} …`)
      watchdog.refresh()
      const stop = deed.isAmongChanges ? await keepChanging(url) : async () => {}
      measured.push(await measureInTurn(openRow(arena, deed, recorded[index]!), options.rounds).finally(stop))
    }
    await arena.souk.stop()
  }
  const order = deeds.findIndex(({ key }) => key === 'order')
  if (order >= 0 && !options.isQuick) {
    console.error('Measuring: place an order, and send its letters …')
    watchdog.refresh()
    measured.push(await measureWithWorker(await open([]), deeds[order]!, recorded[order]!))
  }
}

/** Orders while the same process sends the letters of the orders before. Last, since it works on after being measured. */
async function measureWithWorker(arena: Arena, deed: Deed, recorded: Recorded[]): Promise<Measured> {
  const row = openRow(arena, deed, recorded)
  await arena.ready()
  const limit = await row.limits[0]!.run(0)
  await arena.ready()
  const souk = await contendWithSouk(arena, deed).run(0)
  const ratio = souk.perSecond / limit.perSecond
  const limits = [
    {
      name: row.limits[0]!.name,
      perSecond: limit.perSecond,
      ratio,
      spread: [ratio, ratio] as [number, number],
      ratioByCpu: undefined,
    },
  ]
  return { name: `${deed.name}, and send its letters`, aim: undefined, souk, limits }
}

/** `--profile`: one CPU profile for each Souk process, to be opened in a browser's developer tools. */
function profiling({ isProfiled }: Options): string[] {
  if (!isProfiled) return []
  const into = resolve('var/benchmarks')
  mkdirSync(into, { recursive: true })
  return ['--cpu-prof', `--cpu-prof-dir=${into}`]
}
