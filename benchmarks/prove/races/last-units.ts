import { type Answers, countBy, expect, faultsIn, type Race } from '../race.ts'
import { ordersOf, unitsLeft } from '../stage.queries.ts'

type Outcome = { answers: Answers; stock: number; buyers: number; sold: number; left: number; lost: string[] }

export const lastUnits: Race<Outcome> = {
  name: 'last-units',
  proves: 'When many want the last pieces of something, exactly as many are sold as there are.',
  run: async ({ begin, random, buyers, article, fill, order, mark, app }) => {
    const stock = random.between(1, Math.max(1, Math.floor(buyers.length / 2)))
    const wanted = await article(stock)
    for (const buyer of buyers) await fill(buyer, wanted)
    begin()
    const answered = await Promise.all(buyers.map((buyer) => order(buyer, `${mark} ${buyer.accountId}`)))
    const orders = await ordersOf(app.db, wanted.variantId)
    const known = new Set(orders.map(({ number }) => number))
    return {
      answers: countBy(answered.map(({ status }) => status)),
      ...{ stock, buyers: buyers.length, sold: orders.length, left: await unitsLeft(app.db, wanted.variantId) },
      lost: answered
        .filter(({ status, body }) => status === 201 && !known.has(String(body.order_number)))
        .map(({ body }) => String(body.order_number)),
    }
  },
  judge: ({ answers, stock, buyers, sold, left, lost }) => [
    ...faultsIn(answers),
    ...expect('sold', sold, stock),
    ...expect('left', left, 0),
    ...expect('told that they have it', answers[201] ?? 0, stock),
    ...expect('told that it is gone', answers[400] ?? 0, buyers - stock),
    ...expect('orders that were confirmed and are not there', lost, []),
  ],
}
