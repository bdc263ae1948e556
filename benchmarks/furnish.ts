/** A shop in full swing in an empty database: its catalogue, its buyers, and the tokens that they are signed in with. */
import pg from 'pg'
import { foldMarks } from '#commerce/browse'
import { foldCounts } from '#commerce/catalog'
import { openSession } from '#commerce/identity'
import { inTransaction } from '#platform/database'
import type { App } from '../src/commerce/app.ts'
import { accountOf, insertBuyers, readyBuyers, settle } from './buyers.queries.ts'
import { type Catalogue, insertCatalogue } from './catalogue.queries.ts'

export type Furnished = Catalogue & { buyers: number; tokens: string[] }

export async function furnish(
  app: App,
  url: string,
  { products, buyers }: { products: number; buyers: number },
): Promise<Furnished> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const catalogue = await insertCatalogue(client, products)
    await foldCounts(app)
    await foldMarks(app)
    await insertBuyers(client, buyers)
    const tokens = await signInBuyers(app, buyers)
    await readyBuyers(client, catalogue.sellableVariants)
    await settle(client)
    return { ...catalogue, buyers, tokens }
  } finally {
    await client.end()
  }
}

const LANES = 8
const DEVICE = { ip: '127.0.0.1', userAgent: 'benchmark' }

/** Through the face that signs in everybody, so the tokens are real ones; they hold for a quarter of an hour. */
async function signInBuyers(app: App, buyers: number): Promise<string[]> {
  const tokens: string[] = []
  const size = Math.ceil(buyers / LANES)
  const signIn = async (lane: number) => {
    const last = Math.min(buyers, (lane + 1) * size)
    await inTransaction(app.db, async (tx) => {
      for (let buyer = lane * size; buyer < last; buyer += 1) {
        const account = { id: accountOf(buyer) }
        tokens[buyer] = (
          await openSession(tx, account, { surface: 'v1', device: DEVICE }, app.now(), app.config)
        ).access
      }
    })
  }
  await Promise.all(Array.from({ length: LANES }, (_, lane) => signIn(lane)))
  return tokens
}
