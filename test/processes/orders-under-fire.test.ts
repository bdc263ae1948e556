// Orders while the server is killed: whoever was told "yes" has the order, once; whoever was told nothing asks again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type Article, stockedArticle } from '../goods.ts'
import { type Buyer, buyerOf, openProcessShop, type ProcessShop, placeOrder } from './shop-process.ts'
import { runSouk, startServing } from './souk-process.ts'

const BUYERS = 40
const CONNECTIONS = 16
const KILL_AFTER = 10
const STOCK = 100

let home: ProcessShop
before(async () => {
  home = await openProcessShop()
})
after(() => home.close())

type Placed = { number: string; accountId: number }

test('V1-300 V1-303 a server killed among orders loses none, makes none twice, and leaves stock and ledger right', async () => {
  const { shop, settings } = home
  const articles = [await stockedArticle(shop, { quantity: STOCK }), await stockedArticle(shop, { quantity: STOCK })]
  const buyers: Buyer[] = []
  for (let n = 0; n < BUYERS; n += 1) buyers.push(await buyerOf(shop, articles[n % 2]!, 1 + (n % 3)))

  const first = await startServing(settings)
  const acknowledged = new Map<Buyer, string>()
  await fire(first.url, buyers, acknowledged, () => acknowledged.size === KILL_AFTER && first.signal('SIGKILL'))
  await first.ended
  assert.ok(acknowledged.size >= KILL_AFTER && acknowledged.size < BUYERS, `${acknowledged.size} were answered`)

  const early = new Map(acknowledged)
  const second = await startServing(settings)
  await fire(
    second.url,
    buyers.filter((buyer) => !acknowledged.has(buyer)),
    acknowledged,
    () => {},
  )
  assert.equal(acknowledged.size, BUYERS, 'everybody is answered in the end')

  const { rows } = await sql<Placed>`select number, account_id from orders.orders`.execute(shop.db)
  assert.equal(rows.length, BUYERS)
  const numbers = new Map(rows.map(({ number, accountId }) => [accountId, number]))
  for (const [buyer, number] of [...early, ...acknowledged]) assert.equal(numbers.get(buyer.accountId), number)
  for (const article of articles) assert.equal(await stockOf(article), STOCK - soldOf(article, buyers))

  const { code, output } = await runSouk(['doctor'], settings)
  assert.equal(code, 0, output)
  second.signal('SIGTERM')
  assert.equal((await second.ended).code, 0)
})

/** Every buyer orders with a key of their own, some at once. Who gets no answer stays out of `acknowledged`. */
async function fire(url: string, buyers: Buyer[], acknowledged: Map<Buyer, string>, whenOne: () => void) {
  const waiting = [...buyers]
  const order = async () => {
    for (let buyer = waiting.shift(); buyer; buyer = waiting.shift()) {
      const answer = await placeOrder(url, buyer, `order of ${buyer.accountId}`).catch(() => undefined)
      if (!answer) continue
      assert.equal(answer.status, 201, JSON.stringify(answer.body))
      acknowledged.set(buyer, answer.body.order_number)
      whenOne()
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, order))
}

const soldOf = (article: Article, buyers: Buyer[]) =>
  buyers.reduce((sum, buyer) => sum + (buyer.article === article ? buyer.quantity : 0), 0)

async function stockOf({ variantId }: Article): Promise<number> {
  const { rows } = await sql<{ onHand: number }>`
    select on_hand from inventory.levels where variant_id = ${variantId}`.execute(home.shop.db)
  return rows[0]!.onHand
}
