/**
 * The limit where there is no pgbench: the same script in a plain loop over the `pg` driver. A process of its own. It is
 * slower than pgbench, so a ratio to it flatters; the report says so.
 */
import pg from 'pg'
import type { Run } from './pgbench.ts'
import type { Step, Value } from './script.ts'

/** Functions do not travel between processes: what the variables are for each buyer is sent instead. */
export type LoopRun = Run & { steps: Step[]; buyers: Record<string, number>[] }

process.on('message', async ({ url, clients, transactions, steps, buyers }: LoopRun) => {
  const pool = new pg.Pool({ connectionString: url, max: clients })
  let next = 0
  const work = async () => {
    const client = await pool.connect()
    while (next < transactions) await runOnce(client, steps, buyers[next++]!)
    client.release()
  }
  try {
    await pool.query('select 1')
    const begun = performance.now()
    await Promise.all(Array.from({ length: clients }, work))
    process.send?.({ perSecond: transactions / ((performance.now() - begun) / 1000) })
  } catch (error) {
    process.send?.({ failure: (error as Error).message })
  }
  await pool.end()
})
process.once('disconnect', () => process.exit())

async function runOnce(client: pg.PoolClient, steps: Step[], variables: Record<string, number>): Promise<void> {
  const read = (value: Value) => {
    if ('variable' in value) return variables[value.variable]
    if ('elements' in value) return value.elements.map((e) => (typeof e === 'number' ? e : variables[e.variable]))
    return value.constant
  }
  for (const [index, { text, values }] of steps.entries()) {
    if (values.length > 0) await client.query({ name: `s${index}`, text, values: values.map(read) })
    else await client.query(text)
  }
}
