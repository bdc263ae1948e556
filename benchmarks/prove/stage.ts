/** Where races run: a served shop, its database, buyers who are signed in, and a seed. */
import { createHash, createHmac } from 'node:crypto'
import { finishOpenRefunds, finishUnansweredPayments, workEarlyEvents } from '#commerce/checkout'
import { examine } from '#commerce/doctor'
import type { App } from '../../src/commerce/app.ts'
import { type SignedUp, signedUp, staffMember } from '../../test/accounts.ts'
import { ADDRESS, type Article, fillCart, stockedArticle } from '../../test/goods.ts'
import type { Random } from './random.ts'
import type { Answered, ServedShop } from './served-shop.ts'

export type Stage = {
  app: App
  shop: ServedShop
  random: Random
  buyers: SignedUp[]
  staff: SignedUp
  /** Different in every race and seed. */
  mark: string
  /** From now on the server may be killed. */
  begin(): void
  article(quantity: number, priceMinor?: number): Promise<Article>
  fill(buyer: SignedUp, article: Article, quantity?: number): Promise<void>
  order(buyer: SignedUp, key: string, more?: object): Promise<Answered>
  /** An order of one article at 10.00, to be paid by card; with its payment. */
  toBePaid(buyer: SignedUp): Promise<{ number: string; article: Article; reference: string; paymentId: string }>
  tellStripe(type: string, reference: string, id: string, object?: object): Promise<Answered>
}

/** Buyers and staff, once for all seeds: signing in takes its time. */
export async function castOf(app: App, connections: number): Promise<{ buyers: SignedUp[]; staff: SignedUp }> {
  const buyers: SignedUp[] = []
  for (let n = 0; n < connections; n += 1) buyers.push(await signedUp({ shop: app }))
  return { buyers, staff: await staffMember({ shop: app }) }
}

export function openStage(
  given: Pick<Stage, 'app' | 'shop' | 'random' | 'buyers' | 'staff' | 'mark' | 'begin'>,
): Stage {
  const { app, shop } = given
  const stage: Stage = {
    ...given,
    article: (quantity, priceMinor = 1000) => stockedArticle(app, { quantity, priceMinor }),
    fill: (buyer, article, quantity = 1) => fillCart(app, buyer.accountId, [article, quantity]),
    order: (buyer, key, more = {}) =>
      shop.ask('POST', '/api/v1/orders/', {
        ...{ token: buyer.access, key },
        body: { shipping_address: ADDRESS, payment_method: 'cod', ...more },
      }),
    toBePaid: async (buyer) => {
      const article = await stage.article(10)
      await stage.fill(buyer, article)
      const placed = await stage.order(buyer, `${given.mark} to be paid`, { payment_method: 'stripe' })
      const number = String(placed.body.order_number)
      const asked = { token: buyer.access, body: { order_number: number, provider: 'stripe' } }
      const { body } = await shop.ask('POST', '/api/v1/payments/intents/', asked)
      return { number, article, reference: String(body.provider_reference), paymentId: String(body.id) }
    },
    tellStripe: (type, reference, id, object = {}) => {
      const body = JSON.stringify({ id, type, data: { object: { id: reference, ...object } } })
      const time = Math.floor(Date.now() / 1000)
      const signature = createHmac('sha256', app.config.PAYMENT_WEBHOOK_SECRET).update(`${time}.${body}`).digest('hex')
      const headers = { 'stripe-signature': `t=${time},v1=${signature}` }
      return shop.ask('POST', '/api/v1/payments/webhooks/stripe/', { body, headers })
    },
  }
  return stage
}

/** What the sandbox calls a payment, known before it says so. */
export const referenceOf = (paymentId: string): string =>
  `pi_${createHash('sha256').update(paymentId).digest('hex').slice(0, 24)}`

const LATER_MS = 10 * 60_000

/** What sweepers would do in the minutes after, then the doctor's complaints. */
export async function settleAndExamine(app: App): Promise<string[]> {
  const later = { ...app, now: () => new Date(Date.now() + LATER_MS) }
  await finishUnansweredPayments(later)
  await workEarlyEvents(later)
  await finishOpenRefunds(later)
  const { broken } = await examine(app.db)
  return broken.map(({ invariant, faults }) => `the doctor finds that it does not hold that ${invariant}: ${faults[0]}`)
}
