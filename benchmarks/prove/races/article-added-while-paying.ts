import { type Answers, countBy, expect, faultsIn, type Race } from '../race.ts'
import { ordersOf, unitsInCarts } from '../stage.queries.ts'

type Outcome = { answers: Answers; confirmed: number; tried: number; ordered: number; inCart: number; orders: number }

const ADDS = 4

export const articleAddedWhilePaying: Race<Outcome> = {
  name: 'article-added-while-paying',
  proves:
    'What is put into the cart while it is being paid is in the order, or still in the cart: never lost, never both.',
  run: async ({ begin, random, buyers, article, fill, order, shop, mark, app }) => {
    const buyer = buyers[0]!
    const [first, late] = [await article(100), await article(100)]
    await fill(buyer, first)
    const add = () =>
      shop.ask('POST', '/api/v1/cart/items/', { token: buyer.access, body: { product_id: late.productId } })
    const deeds = random.shuffled([() => order(buyer, mark), ...Array.from({ length: ADDS }, () => add)])
    begin()
    const answered = await Promise.all(deeds.map((deed) => deed()))
    const adds = answered.filter((_, at) => deeds[at] === add)
    const orders = await ordersOf(app.db, late.variantId)
    return {
      answers: countBy(answered.map(({ status }) => status)),
      confirmed: adds.filter(({ status }) => status === 201).length,
      tried: ADDS,
      ordered: orders.reduce((sum, { quantity }) => sum + quantity, 0),
      inCart: await unitsInCarts(app.db, late.variantId),
      orders: (await ordersOf(app.db, first.variantId)).length,
    }
  },
  judge: ({ answers, confirmed, tried, ordered, inCart, orders }) => {
    const kept = ordered + inCart
    return [
      ...faultsIn(answers),
      ...expect('orders', orders, 1),
      // An answer that was cut off is sent again, and adds again: a cart counts what it is sent.
      ...(kept < confirmed ? [`${confirmed} were confirmed, ${kept} are there`] : []),
      ...(kept > 2 * tried ? [`${kept} are there of ${tried} that were put in`] : []),
    ]
  },
}
