/** Which gateways there are to ask, and what is noted when one does not answer. */
import { isGatewayRefusal, markPaymentAsked, type OnlineProvider, type Payment } from '#commerce/payments'
import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'

export const liveProviders = (app: App): OnlineProvider[] =>
  (Object.keys(app.gateways) as OnlineProvider[]).filter((provider) => app.gateways[provider].mode === 'live')

/** The next asking about a payment comes later. Returns whether the provider was silent, rather than saying no. */
export async function noteNothingTold(app: App, payment: Payment, error: unknown): Promise<boolean> {
  const fields = { err: error, payment: payment.id, provider: payment.provider }
  app.log.warn(fields, 'the gateway did not tell of a payment: it is asked again')
  await inTransaction(app.db, (tx) => markPaymentAsked(tx, payment.id, app.now()))
  return !isGatewayRefusal(error)
}
