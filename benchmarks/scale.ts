/**
 * `npm run bench:scale`: what each deed costs in a small shop and in a large one, measured in turn.
 * docs/benchmarks.md says how to read it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compose } from '../src/composition.ts'
import { readConfig } from '../src/config.ts'
import { activeOf } from './catalogue.queries.ts'
import { type NamedDatabase, openBenchDatabase, openNamedDatabase } from './database.ts'
import { listReads, type ReadKey } from './deeds.ts'
import { NOTHING_KEPT, writeEnvironment } from './environment.ts'
import { furnish } from './furnish.ts'
import { openChildren, type SoukProcess, startHelper, startSouk } from './processes.ts'
import { compareSizes, type Place, writeComparison } from './sizes.ts'

const { values: given } = parseArgs({
  options: {
    scale: { type: 'string', default: '10000,1000000' },
    deeds: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
    keep: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
  },
})
const sizes = given.scale.split(',').map(Number)
const chosen = given.deeds.split(',').filter(Boolean)
const serverUrl = process.env.BENCH_DATABASE_URL
if (given.keep && !serverUrl) throw new Error('--keep keeps the shops on the server of BENCH_DATABASE_URL')
/** More than one request at a time needs, since a search asks for several things at once. */
const POOL_SIZE = 4

const children = openChildren()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => children.endAll())
const folder = mkdtempSync(join(tmpdir(), 'souk-bench-files-'))
const own = serverUrl ? undefined : await openBenchDatabase(undefined)
const databases: NamedDatabase[] = []
try {
  const isMet = await run(serverUrl ?? own!.url)
  if (given.strict && !isMet) process.exitCode = 1
} finally {
  children.endAll()
  if (!given.keep) for (const database of databases) await database.drop()
  await own?.close()
  rmSync(folder, { recursive: true, force: true })
}

async function run(server: string): Promise<boolean> {
  const places: Place[] = []
  for (const products of sizes) {
    const database = await openNamedDatabase(server, `souk_scale_${products}`, own !== undefined)
    databases.push(database)
    if (database.isNew) await fill(database, products)
    const souk = await start(database.url)
    places.push({ products, url: database.url, souk, deeds: listReads(activeOf(products)) })
  }
  const load = startHelper(children, './load.ts')
  const wanted = places[0]!.deeds.filter(({ key }) => chosen.length === 0 || chosen.includes(key))
  const compared = []
  for (const { key, name } of wanted) {
    console.error(`Measuring: ${name} …`)
    compared.push(await compareSizes(places, key as ReadKey, { load, rounds: Number(given.rounds) }))
  }
  console.log(`\n${writeComparison(sizes, compared)}\n`)
  return compared.every(({ ratio }) => ratio.isMet)
}

async function fill(database: NamedDatabase, products: number): Promise<void> {
  console.error(`Making a shop of ${products.toLocaleString('en-US')} products …`)
  const begun = performance.now()
  const { app, close } = await compose(readConfig(writeEnvironment(database.url, folder, POOL_SIZE)), { worker: false })
  try {
    await furnish(app, database.url, { products, buyers: 0 })
  } catch (error) {
    await close()
    await database.drop()
    throw error
  }
  await close()
  console.error(`… made in ${Math.round((performance.now() - begun) / 1000)} seconds`)
}

function start(url: string): Promise<SoukProcess> {
  const environment = { ...writeEnvironment(url, folder, POOL_SIZE), ...NOTHING_KEPT }
  return startSouk(children, environment, { args: ['--no-worker'], nodeOptions: [], folder })
}
