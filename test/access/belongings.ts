/** What the addresses of routes name: things of the owner, made anew for each route that names one. */
import { sql } from 'kysely'
import { addToCart } from '#commerce/cart'
import { shipOrder } from '#commerce/checkout'
import { addAddress, addWish } from '#commerce/customers'
import { toPaymentNumber } from '#commerce/payments'
import { addReview } from '#commerce/reviews'
import type { Shipment } from '#commerce/shipping'
import { startWatch } from '#commerce/watches'
import { inTransaction } from '#platform/database'
import { type SignedUp, signedUp } from '../accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../goods.ts'
import { stockedProduct } from '../products.ts'
import type { TestServer } from '../server.ts'

type Make = (server: TestServer, owner: SignedUp) => Promise<string | number>

/** Of the rules that fit the address of a route, the first one counts: it makes what `:name` stands for. */
const rules: [RegExp, Make][] = [
  [/admin\/[a-z]+\/[a-z-]+\/:id/, async () => 999_999],
  [/shipping\/shipments\/:id/, async (server, owner) => (await parcelOf(server, owner)).id],
  [/shipping\/track\/:/, async (server, owner) => (await parcelOf(server, owner)).trackingNumber!],
  [/shipping\/labels\/:file/, async (server, owner) => `${(await parcelOf(server, owner)).labelKey}.pdf`],
  [/shipping\/label\/:order_id/, async (server, owner) => (await parcelOf(server, owner)).orderNumber],
  [/shipping\/(methods|zones)\/:id/, async () => 999_999],
  [/shipping\/webhooks\/:carrier/, async () => 'souk-post'],
  [/addresses\/:id/, async ({ shop }, { accountId }) => (await addAddress(shop, accountId, address)).id],
  [/cart\/items\/:id/, lineOfCart],
  [/cart\/:(id|item_id)/, lineOfCart],
  [/orders\/:order(_number)?\//, orderNumber],
  [/credit-notes\/:number/, creditNoteNumber],
  [/payments\/status\/:/, async (server, owner) => toPaymentNumber(await paymentId(server, owner))],
  [/pay\/:/, async (server, owner) => toPaymentNumber(await paymentId(server, owner))],
  [/payments\/(intents\/)?:id/, paymentId],
  [/auth\/sessions\/:/, async (_, { access }) => sessionOf(access)],
  // Of somebody else: whom staff signs out is to be asked afterwards.
  [/security\/sessions\/:/, async (server) => sessionOf((await signedUp(server)).access)],
  [/security-claims\/:id/, claimId],
  [/passkeys\/:id/, passkeyId],
  [/inventory\/(locations|alerts|reorder-proposals)\/:id/, async () => 999_999],
  [/users\/me\/alerts\/:id/, watchId],
  [/users\/:id/, async (server) => (await signedUp(server)).accountId],
  [/wishlist\/items\/:product_id/, wishedProduct],
  [/reviews\/:id/, reviewId],
  [/recommendations\/products?\/:/, async ({ shop }) => (await stockedArticle(shop)).productId],
  [/products\/imports\/:id/, async () => 999_999],
  [/analytics\/reports\/:id/, async () => 999_999],
  [/products\/:slug/, async (server) => (await stockedProduct(server)).slug],
  [/products\/:(id|product_id)/, async ({ shop }) => (await stockedArticle(shop)).productId],
  [/(brands|categories)\/:(id|slug|category_id)/, async () => 999_999],
  [/notifications\/:id/, noticeId],
  [/webhooks\/(endpoints|deliveries)\/:id/, async () => 999_999],
  [/(coupons|returns)\/:id/, async () => 999_999],
  [/search\/(synonyms|rules)\/:id/, async () => 999_999],
  [/verify-email\/:token|email-verify\/:|confirm\/:/, async () => 'nonsense'],
]

/** The address of a route with something of the owner's in it. Throws for one that no rule fits: a new noun wants a rule. */
export async function addressOf(server: TestServer, owner: SignedUp, url: string): Promise<string> {
  if (!url.includes(':')) return url.replace('*', 'nothing.webp')
  const rule = rules.find(([pattern]) => pattern.test(url))
  if (!rule) throw new Error(`test/access/belongings.ts does not say what ${url} names`)
  const made = String(await rule[1](server, owner))
  return url.replaceAll(/:\w+/g, made)
}

const address = { addressLine1: '12 St James Square', city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' }

async function lineOfCart({ shop }: TestServer, { accountId }: SignedUp): Promise<number> {
  const { productId } = await stockedArticle(shop)
  return (await addToCart(shop, { accountId }, { productId, quantity: 1 })).lines.at(-1)!.id
}

async function watchId({ shop }: TestServer, { accountId }: SignedUp): Promise<number> {
  const { productId } = await stockedArticle(shop)
  const wanted = { handle: { id: productId, slug: '' }, variantId: null, kind: 'price_drop' } as const
  return (await startWatch(shop, accountId, wanted)).id
}

async function noticeId({ shop }: TestServer, { accountId }: SignedUp): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into notifications.notices (key, account_id, type, title, body, created_at)
    values (gen_random_uuid()::text, ${accountId}, 'order_placed', 'Order received', 'Thank you.', now()) returning id`.execute(
    shop.db,
  )
  return rows[0]!.id
}

async function orderNumber(server: TestServer, { accountId, access }: SignedUp): Promise<string> {
  await fillCart(server.shop, accountId, [await stockedArticle(server.shop), 1])
  const { body } = await server.call('POST', '/api/v1/orders/', {
    token: access,
    body: { shipping_address: ADDRESS, payment_method: 'stripe' },
  })
  return body.order_number
}

/** Of an order that was to be paid at the door, and was cancelled. */
async function creditNoteNumber(server: TestServer, { accountId, access: token }: SignedUp): Promise<string> {
  await fillCart(server.shop, accountId, [await stockedArticle(server.shop), 1])
  const body = { shipping_address: ADDRESS, payment_method: 'cod' }
  const { body: order } = await server.call('POST', '/api/v1/orders/', { token, body })
  const path = `/api/v1/orders/${order.order_number}`
  await server.call('GET', `${path}/invoice/`, { token })
  await server.call('POST', `${path}/cancel/`, { token, body: {} })
  await server.shop.runJobs()
  const { body: papers } = await server.call('GET', `${path}/documents/`, { token })
  return papers.at(-1).number
}

/** A parcel of an order that is to be paid at the door. */
async function parcelOf(server: TestServer, { accountId, access }: SignedUp): Promise<Shipment> {
  await fillCart(server.shop, accountId, [await stockedArticle(server.shop), 1])
  const body = { shipping_address: ADDRESS, payment_method: 'cod' }
  const order = await server.call('POST', '/api/v1/orders/', { token: access, body })
  return shipOrder(server.shop, { orderNumber: order.body.order_number }, 'staff')
}

async function paymentId(server: TestServer, owner: SignedUp): Promise<string> {
  const order_number = await orderNumber(server, owner)
  const { body } = await server.call('POST', '/api/v1/payments/intents/', {
    token: owner.access,
    body: { order_number, provider: 'stripe' },
  })
  return body.id
}

const sessionOf = (access: string): string => JSON.parse(Buffer.from(access.split('.')[1]!, 'base64url').toString()).sid

async function claimId({ shop }: TestServer, { accountId }: SignedUp): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into identity.security_claims (account_id, attempt_id, claim_type, severity, description, created_at)
    values (${accountId}, ${accountId}, 'account_lockout', 'high', 'A lock', now()) returning id`.execute(shop.db)
  return rows[0]!.id
}

async function wishedProduct({ shop }: TestServer, { accountId }: SignedUp): Promise<number> {
  const { productId } = await stockedArticle(shop)
  await addWish(shop, accountId, productId)
  return productId
}

/** Approved, so that others may vote on it. */
async function reviewId({ shop }: TestServer, { accountId }: SignedUp): Promise<number> {
  const { productId } = await stockedArticle(shop)
  const review = { productId, accountId, rating: 4, status: 'approved', createdAt: shop.now() } as const
  return (await inTransaction(shop.db, (tx) => addReview(tx, review))).id
}

async function passkeyId({ shop }: TestServer, { accountId }: SignedUp): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into identity.passkeys (account_id, credential_id, public_key, name, created_at)
    values (${accountId}, ${`credential-${accountId}`}, ''::bytea, 'A key', now()) returning id`.execute(shop.db)
  return rows[0]!.id
}
