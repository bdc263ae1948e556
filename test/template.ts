/** A migrated database that each test file clones: cheaper than to migrate each time. */
import { createHash } from 'node:crypto'
import pg from 'pg'
import { migrate, readMigrations } from '#platform/database'
import { openJobs } from '#platform/jobs'
import { openLog } from '#platform/log'
import { workTable } from '../src/composition.ts'

const PREFIX = 'souk_test_'

/** Makes the template for the migrations as they stand, unless it is there. Returns its name. */
export async function prepareTemplate(server: string): Promise<string> {
  const checksum = createHash('sha256')
  for (const migration of readMigrations()) checksum.update(migration.checksum)
  const name = `${PREFIX}template_${checksum.digest('hex').slice(0, 12)}`
  const fresh = await runOn(server, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [name])
    if (rowCount) return false
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(
      `create database ${name} template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'`,
    )
    return true
  })
  if (!fresh) return name
  const url = withDatabase(server, name)
  await migrate(url)
  const jobs = await openJobs({
    url,
    log: openLog('error'),
    works: false,
    queues: workTable().map(({ queue }) => queue),
  })
  await jobs.close()
  await runOn(server, (client) => client.query(`alter database ${name} is_template true`))
  return name
}

/** What an interrupted run left behind. */
export async function dropOldTemplates(server: string): Promise<void> {
  await runOn(server, async (client) => {
    const { rows } = await client.query(
      `select datname from pg_database d where datname like '${PREFIX}db_%'
       and not exists (select from pg_stat_activity a where a.datname = d.datname)`,
    )
    for (const { datname } of rows) {
      if (!isAlive(Number(/^\D+(\d+)_/.exec(datname)?.[1]))) await client.query(`drop database if exists ${datname}`)
    }
  })
}

/** Whether the process that made a database still runs: another run of tests, beside this one. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A fresh clone of the template; `drop` removes it. */
export async function cloneTemplate(server: string, template: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `${PREFIX}db_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  await runOn(server, (client) => client.query(`create database ${name} template ${template} strategy file_copy`))
  return {
    url: withDatabase(server, name),
    drop: async () =>
      void (await runOn(server, (client) => client.query(`drop database if exists ${name} with (force)`))),
  }
}

export async function runOn<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return work(client).finally(() => client.end())
}

function withDatabase(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}
