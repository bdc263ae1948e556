/** Carts that were left: whoever wants news of the shop is reminded once, with a link that leads back to the cart. */
import { type AbandonedCart, listAbandonedCarts, markReminded, readCart, restoreTokenOf } from '#commerce/cart'
import { findProfile } from '#commerce/customers'
import { findAccount } from '#commerce/identity'
import { inTransaction } from '#platform/database'
import { queueLetter } from '#platform/mail'
import type { App } from '../app.ts'
import { cartReminderLetter } from './letters/cart-letters.ts'
import { composeLetter, shopOf } from './letters/compose-letter.ts'
import { wordsIn } from './preferences.ts'

const MINUTE_MS = 60_000
/** Who has not come back after that is left alone. */
const FORGOTTEN_MS = 24 * 60 * MINUTE_MS
const BATCH = 200

/** Looks for carts that nobody touched for CART_ABANDONMENT_MINUTES, and writes to their owners. Returns to how many. Run every ten minutes. */
export async function remindOfCarts(app: App): Promise<number> {
  const now = app.now().getTime()
  const until = new Date(now - app.config.CART_ABANDONMENT_MINUTES * MINUTE_MS)
  const from = new Date(until.getTime() - FORGOTTEN_MS)
  let reminded = 0
  for (let after = 0; ; ) {
    const carts = await listAbandonedCarts(app.db, { from, until, after }, BATCH)
    for (const cart of carts) if (await remindOf(app, cart)) reminded += 1
    if (carts.length < BATCH) return reminded
    after = carts.at(-1)!.id
  }
}

/** That the cart is marked and the letter are one transaction: a run that breaks off writes to nobody twice. */
async function remindOf(app: App, cart: AbandonedCart): Promise<boolean> {
  const { marketingOptIn, language } = await findProfile(app.db, cart.accountId)
  if (!marketingOptIn) return false
  const account = await findAccount(app.db, cart.accountId)
  if (!account?.email || !account.emailVerifiedAt || account.disabledAt) return false
  const { email: to } = account
  const reading = { now: app.now(), currency: app.config.CURRENCY }
  const words = wordsIn(language, app.config)
  const left = await readCart(app.db, { accountId: cart.accountId }, reading)
  const content = cartReminderLetter(words, left, linkTo(app, cart))
  return inTransaction(app.db, async (tx) => {
    if (!(await markReminded(tx, cart, app.now()))) return false
    const key = `cart-reminder-${cart.id}-${cart.updatedAt.getTime()}`
    await queueLetter(app.jobs, tx, { key, to, ...composeLetter(words, content, shopOf(app.config)) })
    return true
  })
}

const linkTo = ({ config }: App, { id }: AbandonedCart): string =>
  `${config.FRONTEND_URL}${config.FRONTEND_CART_PATH}?restore=${restoreTokenOf(id, config)}`
