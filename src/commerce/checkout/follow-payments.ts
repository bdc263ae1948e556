import { findQuietPayments, type OnlineProvider } from '#commerce/payments'
import type { App } from '../app.ts'
import { concludePayment } from './conclude-payment.ts'
import { liveProviders, noteNothingTold } from './silent-gateways.ts'

const BATCH = 50

/**
 * Asks about payments whose webhook may have been lost, ever more seldom, and settles them (V1-334). A provider that does not
 * answer is left alone until the next run. Returns how many were asked about. Run every minute.
 */
export async function followPayments(app: App): Promise<number> {
  const payments = await findQuietPayments(app.db, liveProviders(app), app.now(), BATCH)
  const silent = new Set<OnlineProvider>()
  let asked = 0
  for (const payment of payments) {
    const provider = payment.provider as OnlineProvider
    if (silent.has(provider)) continue
    asked += 1
    await concludePayment(app, payment).catch(async (error) => {
      if (await noteNothingTold(app, payment, error)) silent.add(provider)
    })
  }
  return asked
}
