import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { RUN_ITSELF } from './backends.queries.ts'

const EVERY_MS = 5

/** Until it is stopped, something that searches read changes two hundred times a second, as in a shop at its busiest. */
export async function keepChanging(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url, application_name: RUN_ITSELF })
  await client.connect()
  await client.query('set synchronous_commit = off')
  let isStopped = false
  const work = async () => {
    while (!isStopped) {
      await client.query(`insert into browse.changes (product_ids) values ('{}')`)
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
