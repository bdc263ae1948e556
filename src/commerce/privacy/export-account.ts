import { listActivitiesOf } from '#commerce/analytics'
import { listAuditOf } from '#commerce/audit'
import { listSearchesOf } from '#commerce/browse'
import { type Cart, readCart } from '#commerce/cart'
import { findProfile, listAddressBook, readWishlist, type WishedProduct } from '#commerce/customers'
import { tellIdentity } from '#commerce/identity'
import { listNoticesOf } from '#commerce/notifications'
import { listHistoryOfBuyer, listOrders, listReturnsOfBuyer, type Order, type Return } from '#commerce/orders'
import { listPaymentsOf, listRefundsOf, type Payment } from '#commerce/payments'
import { listReviewsOf, listVotesOf } from '#commerce/reviews'
import { listShipmentsOf, type Shipment } from '#commerce/shipping'
import { findWatchesOf } from '#commerce/watches'
import type { Db } from '#platform/database'
import type { App } from '../app.ts'

/** By what it is about; keys in snake_case, times as dates, amounts in minor units of the currency beside them. */
export type AccountExport = Record<string, unknown>

/** More than a person can have. */
const ALL = { limit: 1_000_000, offset: 0 }

/**
 * Everything that the shop knows of a person, to be handed over as JSON (V1-151, MP-049); no secret is in it. The number of
 * statements does not depend on how much it is. Refuses `account_not_found`.
 */
export async function exportAccount({ db, now, config }: App, accountId: number): Promise<AccountExport> {
  const { account, ...security } = await tellIdentity(db, accountId)
  const reading = { now: now(), currency: config.CURRENCY }
  const { language, ...profile } = await findProfile(db, accountId)
  return {
    exported_at: now(),
    account: inSnakeCase(account),
    profile: inSnakeCase({ ...profile, language: language ?? config.SHOP_LANGUAGE }),
    addresses: (await listAddressBook(db, accountId)).map(inSnakeCase),
    sessions: security.sessions.map(inSnakeCase),
    security_attempts: security.securityAttempts.map(inSnakeCase),
    security_claims: security.securityClaims.map(inSnakeCase),
    passkeys: security.passkeys.map(inSnakeCase),
    google_links: security.googleLinks.map(inSnakeCase),
    wishlist: (await readWishlist(db, accountId)).map(tellWish),
    alerts: (await findWatchesOf(db, accountId)).map(({ accountId: _, ...watch }) => inSnakeCase(watch)),
    cart: tellCart(await readCart(db, { accountId }, reading)),
    orders: await tellOrders(db, accountId),
    payments: await tellPayments(db, accountId),
    returns: (await listReturnsOfBuyer(db, accountId)).map(tellReturn),
    shipments: await tellShipments(db, accountId),
    reviews: (await listReviewsOf(db, accountId)).map(inSnakeCase),
    review_votes: (await listVotesOf(db, accountId)).map(inSnakeCase),
    notices: (await listNoticesOf(db, accountId)).map(inSnakeCase),
    searches: (await listSearchesOf(db, accountId)).map(inSnakeCase),
    activities: (await listActivitiesOf(db, accountId)).map(inSnakeCase),
    changes: (await listAuditOf(db, accountId)).map(inSnakeCase),
  }
}

const tellWish = ({ product, addedAt }: WishedProduct) =>
  inSnakeCase({ productId: product.id, name: product.name, addedAt })

function tellCart({ currency, lines, subtotalMinor, updatedAt }: Cart) {
  const told = lines.map(({ offer, variantId, quantity, unitPriceMinor }) =>
    inSnakeCase({ name: offer.productName, sku: offer.sku, variantId, quantity, unitPriceMinor }),
  )
  return { ...inSnakeCase({ currency, subtotalMinor, updatedAt }), lines: told }
}

async function tellOrders(db: Db, accountId: number) {
  const ordering = { by: 'placedAt', descending: false } as const
  const { rows: orders } = await listOrders(db, { accountId, ordering }, ALL)
  const history = Map.groupBy(await listHistoryOfBuyer(db, accountId), ({ orderId }) => orderId)
  return orders.map(({ accountId: _, lines, ...order }: Order) => ({
    ...inSnakeCase(order),
    lines: lines.map(inSnakeCase),
    history: (history.get(order.id) ?? []).map(({ orderId: _, ...entry }) => inSnakeCase(entry)),
  }))
}

/** Without what a payment is paid by: who has that may act upon it. */
async function tellPayments(db: Db, accountId: number) {
  const refunds = Map.groupBy(await listRefundsOf(db, accountId), ({ paymentId }) => paymentId)
  const payments = await listPaymentsOf(db, accountId)
  return payments.map(({ accountId: _, clientSecret: _secret, approvalUrl: _url, ...payment }: Payment) => ({
    ...inSnakeCase(payment),
    refunds: (refunds.get(payment.id) ?? []).map(({ paymentId: _, ...refund }) => inSnakeCase(refund)),
  }))
}

const tellReturn = ({ accountId: _, lines, ...sentBack }: Return) => ({
  ...inSnakeCase(sentBack),
  lines: lines.map(inSnakeCase),
})

/** Without the address of a label: whoever has that sees where the parcel goes. */
async function tellShipments(db: Db, accountId: number) {
  const shipments = await listShipmentsOf(db, accountId)
  return shipments.map(({ accountId: _, labelKey: _key, lines, events, ...shipment }: Shipment) => ({
    ...inSnakeCase(shipment),
    lines: lines.map(inSnakeCase),
    events: events.map(inSnakeCase),
  }))
}

/** The fields of a row by their names in JSON; what is in them stays as it is. */
function inSnakeCase(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  )
}
