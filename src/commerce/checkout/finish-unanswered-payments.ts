import { findUnansweredPayments, type OnlineProvider } from '#commerce/payments'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { askForIntent } from './start-payment.ts'

const BATCH = 50

/** Finishes the asking that a crash or a silent gateway interrupted, ever more seldom. Returns how many it tried. Run every minute. */
export async function finishUnansweredPayments(app: App): Promise<number> {
  const silent = new Set<OnlineProvider>()
  let tried = 0
  for (const payment of await findUnansweredPayments(app.db, app.now(), BATCH)) {
    const provider = payment.provider as OnlineProvider
    if (silent.has(provider)) continue
    tried += 1
    await askForIntent(app, payment, true).catch((error) => {
      if (!(error instanceof Refusal)) throw error
      if (error.code === 'gateway_unavailable') silent.add(provider)
    })
  }
  return tried
}
