/** Makes an import wait in the middle: whoever wants this article number waits until it is let go. */
import pg from 'pg'

export type HeldSku = {
  /** Whether somebody waits for it. */
  isWantedNow(): Promise<boolean>
  letGo(): Promise<void>
}

/** Writes a variant that is never committed, on a connection of its own. */
export async function holdSku(databaseUrl: string, productId: number, sku: string): Promise<HeldSku> {
  const client = new pg.Client({ connectionString: databaseUrl })
  client.on('error', () => {})
  await client.connect()
  await client.query('begin')
  await client.query(
    'insert into catalog.variants (product_id, sku, price_minor, is_active) values ($1, $2, 1, false)',
    [productId, sku],
  )
  return {
    isWantedNow: async () => {
      const { rows } = await client.query(
        `select from pg_locks waiting join pg_locks held on held.transactionid = waiting.transactionid
         where not waiting.granted and held.granted and held.pid = pg_backend_pid()`,
      )
      return rows.length > 0
    },
    letGo: async () => {
      await client.query('rollback')
      await client.end()
    },
  }
}
