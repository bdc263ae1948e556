import type { Payment } from '#commerce/payments'
import type { App } from '../app.ts'
import { finishRefund, noteSilence } from './finish-refunds.ts'

/** What the outside world is to be told once a change stands: intents to withdraw, refunds to ask for. */
export type Aftermath = { intents: Payment[]; refundIds: string[] }

/**
 * Tells the gateways, with no transaction open. What fails is done later: open refunds by the sweeper, and money that
 * comes in for a withdrawn intent all the same is given back.
 */
export async function tellGateways(app: App, { intents, refundIds }: Aftermath): Promise<void> {
  for (const { provider, providerReference, id } of intents) {
    if (provider === 'cod' || !providerReference) continue
    await app.gateways[provider]
      .cancelIntent(providerReference)
      .catch((error) => app.log.warn({ err: error, payment: id }, 'the gateway did not cancel the intent'))
  }
  for (const refundId of refundIds) await finishRefund(app, refundId).catch(noteSilence(app, refundId))
}
