import { type Answers, countBy, expect, faultsIn, type Race } from '../race.ts'
import { type MoneyState, moneyOf, unitsLeft } from '../stage.queries.ts'
import { settleAndExamine } from '../stage.ts'

type Outcome = { answers: Answers; money: MoneyState; left: number }

export const cancelAgainstPay: Race<Outcome> = {
  name: 'cancel-against-pay',
  proves:
    'Who cancels while the money arrives has a cancelled order, gets all of it back, and the goods are for sale again.',
  run: async ({ begin, random, buyers, toBePaid, shop, tellStripe, mark, app }) => {
    const buyer = buyers[0]!
    const { number, reference, article } = await toBePaid(buyer)
    const cancel = () =>
      shop.ask('POST', `/api/v1/orders/${number}/cancel/`, { token: buyer.access, key: `${mark} cancel`, body: {} })
    const pay = () => tellStripe('payment_intent.succeeded', reference, `${mark} paid`)
    begin()
    const answered = await Promise.all(random.shuffled([cancel, cancel, pay, pay, pay, pay]).map((deed) => deed()))
    await settleAndExamine(app)
    return {
      answers: countBy(answered.map(({ status }) => status)),
      money: await moneyOf(app.db, number),
      left: await unitsLeft(app.db, article.variantId),
    }
  },
  judge: ({ answers, money, left }) => [
    ...faultsIn(answers),
    ...expect('the order is', money.status, 'cancelled'),
    ...expect('what was paid and has not gone back', money.paidMinor - money.givenBackMinor, 0),
    ...expect('paid', money.paidMinor, money.totalMinor),
    ...expect('for sale', left, 10),
  ],
}
