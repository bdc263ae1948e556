import type { Payment } from '#commerce/payments'
import type { App } from '../app.ts'
import { withdrawPayment } from './conclude-payment.ts'
import { finishRefund, noteSilence } from './finish-refunds.ts'

/** What the outside world is to be told once a change stands: intents to withdraw, refunds to ask for. */
export type Aftermath = { intents: Payment[]; refundIds: string[] }

/**
 * Tells the gateways, with no transaction open. What fails is done later by the sweepers: open refunds, and intents that are
 * still to be withdrawn. Money that comes in for a withdrawn intent all the same is given back.
 */
export async function tellGateways(app: App, { intents, refundIds }: Aftermath): Promise<void> {
  for (const payment of intents) {
    if (payment.provider === 'cod' || !payment.providerReference) continue
    await withdrawPayment(app, payment).catch((error) =>
      app.log.warn({ err: error, payment: payment.id }, 'the gateway did not withdraw a payment: it is asked again'),
    )
  }
  for (const refundId of refundIds) await finishRefund(app, refundId).catch(noteSilence(app, refundId))
}
