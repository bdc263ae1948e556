/** Where a run happens: on a database of its own, which is gone afterwards. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '#platform/embedded-postgres'

export type BenchDatabase = { url: string; close(): Promise<void> }

/**
 * On the server of BENCH_DATABASE_URL, or on Souk's own PostgreSQL in a temporary folder: the durable one, since a shop
 * that has taken an order has it on disk.
 */
export function openBenchDatabase(given: string | undefined): Promise<BenchDatabase> {
  return given ? createDatabase(given) : startServer()
}

const PREFIX = 'souk_run_'
const PLAIN_LOCALE = `template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'`

export type NamedDatabase = { url: string; isNew: boolean; drop(): Promise<void> }

/** A database of this name on the server, as it is if it is there. `isOwn`: the server is Souk's own. */
export async function openNamedDatabase(server: string, name: string, isOwn: boolean): Promise<NamedDatabase> {
  const isNew = await onServer(server, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${name} ${isOwn ? '' : PLAIN_LOCALE}`)
    return rowCount === 0
  })
  const url = new URL(server)
  url.pathname = `/${name}`
  const drop = () => onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`))
  return { url: url.href, isNew, drop: async () => void (await drop()) }
}

async function createDatabase(server: string): Promise<BenchDatabase> {
  const name = `${PREFIX}${process.pid}`
  await onServer(server, async (client) => {
    const { rows } = await client.query(
      `select datname from pg_database d where datname like '${PREFIX}%'
       and not exists (select from pg_stat_activity a where a.datname = d.datname)`,
    )
    for (const { datname } of rows) await client.query(`drop database if exists ${datname}`)
    await client.query(`create database ${name} ${PLAIN_LOCALE}`)
  })
  const url = new URL(server)
  url.pathname = `/${name}`
  const drop = () => onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`))
  return { url: url.href, close: async () => void (await drop()) }
}

async function onServer<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return work(client).finally(() => client.end())
}

async function startServer(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-bench-'))
  // As root, PostgreSQL runs as another user, who has to pass through.
  chmodSync(folder, 0o711)
  const data = join(folder, 'postgres')
  const remove = () => {
    const elsewhere = join(data, 'location')
    if (existsSync(elsewhere)) rmSync(readFileSync(elsewhere, 'utf8').trim(), { recursive: true, force: true })
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const { url, stop } = await startEmbeddedPostgres({ dataDirectory: data }, () => {})
    return { url, close: () => stop().then(remove) }
  } catch (error) {
    remove()
    throw error
  }
}
