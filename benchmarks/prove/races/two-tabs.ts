import { type Answers, countBy, expect, faultsIn, type Race } from '../race.ts'
import { ordersOf, unitsLeft } from '../stage.queries.ts'

type Outcome = { answers: Answers; tabs: number; orders: number; left: number }

export const twoTabs: Race<Outcome> = {
  name: 'two-tabs',
  proves: 'Who presses "buy" in several windows with one cart has ordered once.',
  run: async ({ begin, random, buyers, article, fill, order, mark, app }) => {
    const tabs = random.between(2, 12)
    const wanted = await article(50)
    await fill(buyers[0]!, wanted, 2)
    begin()
    const answered = await Promise.all(Array.from({ length: tabs }, (_, tab) => order(buyers[0]!, `${mark} ${tab}`)))
    return {
      answers: countBy(answered.map(({ status }) => status)),
      tabs,
      orders: (await ordersOf(app.db, wanted.variantId)).length,
      left: await unitsLeft(app.db, wanted.variantId),
    }
  },
  judge: ({ answers, tabs, orders, left }) => [
    ...faultsIn(answers),
    ...expect('orders', orders, 1),
    ...expect('windows that were told of an order', answers[201] ?? 0, 1),
    ...expect('windows that were told that the cart is empty', answers[400] ?? 0, tabs - 1),
    ...expect('left', left, 48),
  ],
}
