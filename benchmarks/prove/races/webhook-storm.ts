import { type Answers, countBy, expect, faultsIn, type Race } from '../race.ts'
import { type MoneyState, moneyOf } from '../stage.queries.ts'

type Outcome = { answers: Answers; money: MoneyState; toldBackMinor: number }

const REPEATS = 10
const BACK_MINOR = 500

export const webhookStorm: Race<Outcome> = {
  name: 'webhook-storm',
  proves: 'What a payment provider tells ten times, in any order and all at once, counts once.',
  run: async ({ begin, random, buyers, toBePaid, tellStripe, mark, app }) => {
    const { number, reference } = await toBePaid(buyers[0]!)
    const told = [
      ['payment_intent.succeeded', `${mark} paid`, {}],
      ['payment_intent.payment_failed', `${mark} failed`, {}],
      ['charge.refunded', `${mark} back`, { amount_refunded: BACK_MINOR }],
    ] as const
    const storm = random.shuffled(told.flatMap((each) => Array.from({ length: REPEATS }, () => each)))
    begin()
    const answered = await Promise.all(storm.map(([type, id, object]) => tellStripe(type, reference, id, object)))
    return {
      answers: countBy(answered.map(({ status }) => status)),
      money: await moneyOf(app.db, number),
      toldBackMinor: BACK_MINOR,
    }
  },
  judge: ({ answers, money, toldBackMinor }) => [
    ...faultsIn(answers),
    ...expect('accepted', answers[200] ?? 0, 3 * REPEATS),
    ...expect('the order is', money.paymentStatus, 'partially_refunded'),
    ...expect('paid', money.paidMinor, money.totalMinor),
    ...expect('given back', money.givenBackMinor, toldBackMinor),
    ...expect('times that the shop noted the payment', money.paidEvents, 1),
  ],
}
