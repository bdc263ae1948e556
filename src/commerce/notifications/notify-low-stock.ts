/** Few are left: told to staff and to the sellers concerned, once per fall (V1-355, MP-106, NX-116). */
import { findAccount } from '#commerce/identity'
import { takeUntoldAlerts, type UntoldAlert } from '#commerce/inventory'
import { inTransaction, type Tx } from '#platform/database'
import { queueLetter } from '#platform/mail'
import type { App } from '../app.ts'
import { composeLetter, shopOf } from './letters/compose-letter.ts'
import { lowStockLetter } from './letters/stock-letters.ts'
import { wordsFor } from './preferences.ts'
import { type Words, wordsOf } from './texts/words.ts'

/** What one letter can list. */
const ALERTS_PER_LETTER = 100

/**
 * Writes one letter to staff about all alerts that nobody was told of, and one to each seller about his own. That they are
 * told and the letters are one transaction: a run that breaks off leaves both for the next one, and none does it twice.
 */
export async function notifyLowStock(app: App): Promise<void> {
  for (;;) {
    const told = await inTransaction(app.db, (tx) => tellSome(app, tx))
    if (told < ALERTS_PER_LETTER) return
  }
}

async function tellSome(app: App, tx: Tx): Promise<number> {
  const alerts = await takeUntoldAlerts(tx, ALERTS_PER_LETTER, app.now())
  if (alerts.length === 0) return 0
  const shop = wordsOf(app.config.SHOP_LANGUAGE)
  await write(app, tx, { whom: 'staff', to: app.config.SUPPORT_EMAIL, words: shop }, alerts)
  for (const [sellerId, own] of Map.groupBy(alerts, (alert) => alert.sellerId)) {
    const seller = sellerId === null ? undefined : await findAccount(tx, sellerId)
    if (!seller?.email || !seller.emailVerifiedAt || seller.disabledAt) continue
    const words = await wordsFor(tx, seller.id, app.config)
    await write(app, tx, { whom: 'seller', to: seller.email, words }, own)
  }
  return alerts.length
}

type Reader = { whom: 'staff' | 'seller'; to: string; words: Words }

/** An alert is in one letter to staff and in one to its seller, so its id names either. */
async function write(app: App, tx: Tx, { whom, to, words }: Reader, alerts: UntoldAlert[]): Promise<void> {
  const letter = composeLetter(words, lowStockLetter(words, alerts), shopOf(app.config))
  await queueLetter(app.jobs, tx, { key: `low-stock-${whom}-${alerts[0]!.id}`, to, ...letter })
}
