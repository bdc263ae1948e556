import { setTimeout as sleep } from 'node:timers/promises'
import { type Answers, countBy, expect, faultsIn, type Race } from '../race.ts'
import { type MoneyState, moneyOf, paymentOf } from '../stage.queries.ts'
import { referenceOf, settleAndExamine } from '../stage.ts'

type Outcome = { answers: Answers; money: MoneyState }

const ASKERS = 8

export const webhookAgainstAnswer: Race<Outcome> = {
  name: 'webhook-against-answer',
  proves: 'A provider that tells of a payment before it has answered us for it is not lost, and counts once.',
  run: async ({ begin, buyers, article, fill, order, shop, tellStripe, mark, app }) => {
    const buyer = buyers[0]!
    await fill(buyer, await article(10))
    const { body } = await order(buyer, mark, { payment_method: 'stripe' })
    const number = String(body.order_number)
    const ask = (n: number) =>
      shop.ask('POST', '/api/v1/payments/intents/', {
        ...{ token: buyer.access, key: `${mark} ${n}` },
        body: { order_number: number, provider: 'stripe' },
      })
    let isAsking = true
    // A server that was killed before it knew of the payment takes its time to come back, and only then is there one to tell of.
    const tell = async () => {
      let paymentId: string | undefined
      while (!paymentId && isAsking) {
        paymentId = await paymentOf(app.db, number)
        if (!paymentId) await sleep(1)
      }
      const reference = referenceOf(paymentId ?? (await paymentOf(app.db, number)) ?? '')
      return Promise.all([1, 2, 3].map(() => tellStripe('payment_intent.succeeded', reference, `${mark} paid`)))
    }
    begin()
    const asking = Promise.all(Array.from({ length: ASKERS }, (_, n) => ask(n))).finally(() => {
      isAsking = false
    })
    const [asked, told] = await Promise.all([asking, tell()])
    // A server that died between its note of the answer and the event that waited for it leaves that to the sweeper of the next minute.
    await settleAndExamine(app)
    return {
      // Who asks after the money has come is told that nothing is to be paid.
      answers: countBy([...asked, ...told].map(({ status }) => status)),
      money: await moneyOf(app.db, number),
    }
  },
  judge: ({ answers, money }) => [
    ...faultsIn(answers),
    ...expect('the order is', money.paymentStatus, 'paid'),
    ...expect('payments that were asked for', money.payments, 1),
    ...expect('paid', money.paidMinor, money.totalMinor),
    ...expect('times that the shop noted the payment', money.paidEvents, 1),
  ],
}
