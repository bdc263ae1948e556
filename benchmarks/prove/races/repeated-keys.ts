import { ADDRESS } from '../../../test/goods.ts'
import { type Answers, countBy, expect, faultsIn, type Race } from '../race.ts'
import type { Answered } from '../served-shop.ts'
import { moneyOf, ordersOf, unitsLeft } from '../stage.queries.ts'
import { type Stage, settleAndExamine } from '../stage.ts'

type Outcome = { deed: string; answers: Answers; bodies: number; effects: number }
/** `ask` is repeated with one key; `effects` says how often it had its effect. */
type Repeated = { ask: () => Promise<Answered>; effects: () => Promise<number> }

const REPEATS = 100

export const repeatedKeys: Race<Outcome> = {
  name: 'repeated-keys',
  proves: 'What is sent a hundred times with one key is done once, and everybody gets the same answer.',
  run: async (stage) => {
    const names = Object.keys(deeds)
    const deed = names[stage.random.between(0, names.length - 1)]!
    const { ask, effects } = await deeds[deed]!(stage)
    stage.begin()
    const answered = await Promise.all(Array.from({ length: REPEATS }, ask))
    // A server that died between what it wrote down and what the gateway was to be asked leaves that to the sweeper of the next minute.
    await settleAndExamine(stage.app)
    return {
      deed,
      answers: countBy(answered.map(({ status }) => status)),
      bodies: new Set(answered.map(({ text }) => text)).size,
      effects: await effects(),
    }
  },
  judge: ({ deed, answers, bodies, effects }) => [
    ...faultsIn(answers),
    ...expect(`different answers to "${deed}"`, bodies, 1),
    ...expect(`times that "${deed}" was done`, effects, 1),
    ...(Object.keys(answers).every((status) => Number(status) < 300) ? [] : [`"${deed}": ${JSON.stringify(answers)}`]),
  ],
}

const deeds: Record<string, (stage: Stage) => Promise<Repeated>> = {
  'place an order': async ({ buyers, article, fill, order, mark, app }) => {
    const wanted = await article(100)
    await fill(buyers[0]!, wanted)
    return {
      ask: () => order(buyers[0]!, mark),
      effects: async () => (await ordersOf(app.db, wanted.variantId)).length,
    }
  },
  'place an order on the marketplace': async ({ buyers, article, fill, shop, mark, app }) => {
    const wanted = await article(100)
    await fill(buyers[0]!, wanted)
    const { address_line1, ...rest } = ADDRESS
    const address = { ...rest, address_line1, street: address_line1, street_address: address_line1, state: 'London' }
    const asked = { token: buyers[0]!.access, key: mark, body: { shipping_address: address, payment_method: 'cod' } }
    return {
      ask: () => shop.ask('POST', '/api/orders/orders/', asked),
      effects: async () => (await ordersOf(app.db, wanted.variantId)).length,
    }
  },
  'begin to pay': async ({ buyers, article, fill, order, shop, mark, app }) => {
    await fill(buyers[0]!, await article(10))
    const { body } = await order(buyers[0]!, `${mark} order`, { payment_method: 'stripe' })
    const number = String(body.order_number)
    const asked = { token: buyers[0]!.access, key: mark, body: { order_number: number, provider: 'paypal' } }
    return {
      ask: () => shop.ask('POST', '/api/v1/payments/intents/', asked),
      effects: async () => (await moneyOf(app.db, number)).payments,
    }
  },
  'give money back': async ({ buyers, staff, toBePaid, tellStripe, shop, mark, app }) => {
    const { number, reference, paymentId } = await toBePaid(buyers[0]!)
    await tellStripe('payment_intent.succeeded', reference, `${mark} paid`)
    const asked = { token: staff.access, key: mark, body: { amount: '1.00' } }
    return {
      ask: () => shop.ask('POST', `/api/v1/payments/${paymentId}/refunds/`, asked),
      effects: async () => (await moneyOf(app.db, number)).givenBackMinor / 100,
    }
  },
  'cancel an order': async ({ buyers, article, fill, order, shop, mark, app }) => {
    const wanted = await article(10)
    await fill(buyers[0]!, wanted, 3)
    const { body } = await order(buyers[0]!, `${mark} order`)
    const asked = { token: buyers[0]!.access, key: mark, body: {} }
    return {
      ask: () => shop.ask('POST', `/api/v1/orders/${body.order_number}/cancel/`, asked),
      effects: async () => ((await unitsLeft(app.db, wanted.variantId)) - 7) / 3,
    }
  },
  'deliver what is paid at the door': async ({ buyers, staff, article, fill, order, shop, mark, app }) => {
    await fill(buyers[0]!, await article(10))
    const { body } = await order(buyers[0]!, `${mark} order`)
    const number = String(body.order_number)
    const move = (status: string) =>
      shop.ask('POST', `/api/v1/orders/${number}/status/`, {
        ...{ token: staff.access, key: `${mark} ${status}` },
        body: { status },
      })
    await move('shipped')
    return { ask: () => move('delivered'), effects: async () => (await moneyOf(app.db, number)).paidEvents }
  },
  'count stock': async ({ staff, article, shop, mark, app }) => {
    const counted = await article(10)
    const asked = {
      token: staff.access,
      key: mark,
      body: { product_id: counted.productId, quantity_delta: 5, reason: 'Found' },
    }
    return {
      ask: () => shop.ask('POST', '/api/v1/inventory/adjustments/', asked),
      effects: async () => ((await unitsLeft(app.db, counted.variantId)) - 10) / 5,
    }
  },
  'send a parcel': async ({ buyers, staff, article, fill, order, shop, mark }) => {
    await fill(buyers[0]!, await article(10))
    const { body } = await order(buyers[0]!, `${mark} order`)
    const number = String(body.order_number)
    const asked = { token: staff.access, key: mark, body: { order_number: number } }
    return {
      ask: () => shop.ask('POST', '/api/v1/shipping/shipments/', asked),
      effects: async () => {
        const listed = await shop.ask('GET', `/api/v1/shipping/shipments/?order_number=${number}`, {
          token: staff.access,
        })
        const rows = (listed.body.results ?? []) as unknown as { order_number: string }[]
        return rows.filter(({ order_number }) => order_number === number).length
      },
    }
  },
}
