/** A provider that has no keys in a shop that simulates nothing (PAYMENT_MODE=live). */
import { Refusal } from '#platform/refusal.ts'
import type { Gateway, OnlineProvider } from './gateway.ts'
import { invalidSignature } from './signed-events.ts'

export const notOffered = (provider: OnlineProvider) =>
  new Refusal('invalid', 'provider_not_offered', `No payments by ${provider} here`, { provider })

export function closedGateway(provider: OnlineProvider): Gateway {
  const refuse = async (): Promise<never> => {
    throw notOffered(provider)
  }
  return {
    mode: 'refused',
    createIntent: refuse,
    conclude: refuse,
    cancelIntent: refuse,
    refund: refuse,
    readEvent: async () => {
      throw invalidSignature()
    },
  }
}
