import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { RUN_ITSELF } from './backends.queries.ts'

const EVERY_MS = 5
/** As a price or stock that changed: what words mean stays. */
const CHANGE = `insert into browse.changes (product_ids) values ('{}')`

/** One change of what searches read. */
export async function changeOnce(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: RUN_ITSELF })
  await client.connect()
  await client.query(CHANGE)
  await client.end()
}

/** Until it is stopped, a price or stock changes two hundred times a second, as in a shop at its busiest. */
export async function keepChanging(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url, application_name: RUN_ITSELF })
  await client.connect()
  await client.query('set synchronous_commit = off')
  let isStopped = false
  const work = async () => {
    while (!isStopped) {
      await client.query(CHANGE)
      await sleep(EVERY_MS)
    }
    await client.end()
  }
  const done = work()
  return () => {
    isStopped = true
    return done
  }
}
