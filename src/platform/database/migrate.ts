/** Plain SQL files, numbered, forward only: each is applied once, in order, and may not change afterwards. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'

const FOLDER = new URL('../../../migrations/', import.meta.url)
/** Any number, but always this one: two nodes that start together migrate one after the other. */
const LOCK_KEY = 7_685_001
const ANSWERS_WITHIN_MS = 10_000

type Migration = { name: string; sql: string; checksum: string }

/** Brings the database up to the code. Returns the names applied now; refuses a database that is ahead or was edited. */
export async function migrate(url: string): Promise<string[]> {
  const client = openClient(url)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY])
    const waiting = await findWaiting(client)
    for (const migration of waiting) await apply(client, migration)
    return waiting.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

/** The names of the migrations that the database lacks. Refuses as `migrate` does, and changes nothing. */
export async function findMissingMigrations(url: string): Promise<string[]> {
  const client = openClient(url)
  await client.connect()
  try {
    // Never committed: to look leaves no trace.
    await client.query('begin')
    return (await findWaiting(client)).map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

/** Where somebody listens who does not speak as a database does, `connect` ends with `timeout expired`. */
const openClient = (url: string) =>
  new pg.Client({ connectionString: url, application_name: 'souk migrate', connectionTimeoutMillis: ANSWERS_WITHIN_MS })

/** The migrations of this code that the database does not have yet. */
async function findWaiting(client: pg.Client): Promise<Migration[]> {
  await client.query(`create schema if not exists platform;
    create table if not exists platform.migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from platform.migrations',
  )
  const ours = readMigrations()
  for (const applied of rows) {
    const known = ours.find((migration) => migration.name === applied.name)
    if (!known) throw new Error(`The database is newer than this program: it has migration ${applied.name}.`)
    if (known.checksum !== applied.checksum)
      throw new Error(`Migration ${applied.name} was changed after it was applied.`)
  }
  const done = new Set(rows.map((row) => row.name))
  return ours.filter((migration) => !done.has(migration.name))
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(migration.sql)
    await client.query('insert into platform.migrations (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ])
    await client.query('commit')
  } catch (cause) {
    throw new Error(`Migration ${migration.name} failed`, { cause })
  }
}

/** All migrations in order; their names and contents together name a schema, as for a test template. */
export function readMigrations(): Migration[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, FOLDER), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}
