import { type Answers, countBy, expect, faultsIn, type Race } from '../race.ts'
import { type MoneyState, moneyOf } from '../stage.queries.ts'
import { settleAndExamine } from '../stage.ts'

type Outcome = { answers: Answers; money: MoneyState; partMinor: number }

const ASKERS = 10

export const twoRefunds: Race<Outcome> = {
  name: 'two-refunds',
  proves: 'Refunds that are given at the same moment are together never more than what was paid.',
  run: async ({ begin, random, buyers, staff, toBePaid, tellStripe, shop, mark, app }) => {
    const { number, reference, paymentId } = await toBePaid(buyers[0]!)
    await tellStripe('payment_intent.succeeded', reference, `${mark} paid`)
    const { totalMinor } = await moneyOf(app.db, number)
    const partMinor = Math.floor(totalMinor / random.between(2, 4))
    const amount = (partMinor / 100).toFixed(2)
    begin()
    const answered = await Promise.all(
      Array.from({ length: ASKERS }, (_, n) =>
        shop.ask('POST', `/api/v1/payments/${paymentId}/refunds/`, {
          ...{ token: staff.access, key: `${mark} ${n}` },
          body: { amount },
        }),
      ),
    )
    await settleAndExamine(app)
    return { answers: countBy(answered.map(({ status }) => status)), money: await moneyOf(app.db, number), partMinor }
  },
  judge: ({ answers, money, partMinor }) => {
    const possible = Math.floor(money.totalMinor / partMinor)
    return [
      ...faultsIn(answers),
      ...expect('refunds that were given', answers[201] ?? 0, possible),
      ...expect('given back', money.givenBackMinor, possible * partMinor),
    ]
  },
}
