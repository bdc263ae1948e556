/** What somebody waited for is there again, or costs less: told by the channels he chose for `stock_alerts` (V1-372, V1-373). */
import { findProductsWithVariants, type ProductWithVariants } from '#commerce/browse'
import { listWatchedWishes, takeFallenWishes } from '#commerce/customers'
import { listWatchedProducts, type Sold, soldOf, takeFallen, takeRestocked } from '#commerce/watches'
import { inTransaction, type Tx } from '#platform/database'
import { queueLetter } from '#platform/mail'
import { queueText } from '#platform/sms'
import type { App } from '../app.ts'
import { composeLetter, shopOf } from './letters/compose-letter.ts'
import { type News, watchLetter } from './letters/watch-letters.ts'
import { insertNotices, type Notice } from './queries.ts'
import { findReaders, type Reader } from './readers.ts'
import { moneyIn, type Words } from './texts/words.ts'

const PRODUCTS_AT_ONCE = 200
/** Who is told in one transaction: so much is done again where a worker is killed, and nobody is told twice. */
const TOLD_AT_ONCE = 200

/**
 * Looks at everything that somebody waits for, as it is sold now, and tells who has waited long enough. However stock and prices
 * came to be so is no matter. That somebody is told, and that he waits no longer, are one transaction.
 */
export async function tellWatchers(app: App): Promise<void> {
  for (let after = 0; ; ) {
    const ids = await listWatched(app, after)
    const products = new Map((await findProductsWithVariants(app.db, ids)).map((product) => [product.id, product]))
    const sold = [...products.values()].flatMap(soldOf)
    if (sold.length > 0) while (await inTransaction(app.db, (tx) => tellSome(app, tx, sold, products)));
    if (ids.length < PRODUCTS_AT_ONCE) return
    after = ids.at(-1)!
  }
}

async function listWatched({ db }: App, after: number): Promise<number[]> {
  const watched = await listWatchedProducts(db, after, PRODUCTS_AT_ONCE)
  const wished = await listWatchedWishes(db, after, PRODUCTS_AT_ONCE)
  return [...new Set([...watched, ...wished])].sort((a, b) => a - b).slice(0, PRODUCTS_AT_ONCE)
}

type Products = Map<number, ProductWithVariants>
/** What one account is told; `key` names it among all that anybody is told. */
type Told = {
  key: string
  accountId: number
  kind: 'backInStock' | 'priceDrop'
  productId: number
  variantId: number | null
  beforeMinor: number
}

/** Whether there may be more. */
async function tellSome(app: App, tx: Tx, sold: Sold[], products: Products): Promise<boolean> {
  const restocked = await takeRestocked(tx, sold, TOLD_AT_ONCE)
  const fallen = await takeFallen(tx, sold, TOLD_AT_ONCE)
  const whole = sold.filter(({ variantId }) => variantId === null)
  const wishes = await takeFallenWishes(tx, whole, TOLD_AT_ONCE)
  const told: Told[] = [
    ...restocked.map((each) => ({ ...each, key: `${each.id}`, kind: 'backInStock' as const, beforeMinor: 0 })),
    ...fallen.map((each) => ({ ...each, key: `${each.id}-${each.priceMinor}`, kind: 'priceDrop' as const })),
    ...wishes
      .filter((wish) => !fallen.some((each) => isSame(each, wish)))
      .map(({ addedAt, ...wish }) => ({
        ...wish,
        key: `wish-${wish.accountId}-${wish.productId}-${addedAt.getTime()}-${products.get(wish.productId)!.priceMinor}`,
        kind: 'priceDrop' as const,
        variantId: null,
      })),
  ]
  if (told.length === 0) return false
  const byAccount = Map.groupBy(told, ({ accountId }) => accountId)
  const readers = await findReaders(tx, [...byAccount.keys()], 'stock_alerts', app.config)
  const notices: Notice[] = []
  for (const reader of readers) {
    for (const [kind, news] of Map.groupBy(byAccount.get(reader.accountId)!, (each) => each.kind)) {
      const items = news.map((each) => ({ ...each, ...describe(app, reader.words, each, products) }))
      if (reader.inApp) notices.push(...items.map((item) => noticeOf(reader, kind, item)))
      await send(app, tx, reader, kind, items)
    }
  }
  await insertNotices(tx, notices, app.now())
  return [restocked, fallen, wishes].some(({ length }) => length === TOLD_AT_ONCE)
}

type Target = { accountId: number; productId: number }
/** Who watches a product and wishes for it is told once. */
const isSame = (watch: Target & { variantId: number | null }, wish: Target): boolean =>
  watch.accountId === wish.accountId && watch.productId === wish.productId && watch.variantId === null

type Item = Told & News & { slug: string }

function describe({ config }: App, words: Words, told: Told, products: Products): News & { slug: string } {
  const { name, slug, currency, variants, ...product } = products.get(told.productId)!
  const variant = variants.find(({ id }) => id === told.variantId)
  const { priceMinor } = variant ?? product
  return {
    name: variant?.name && !variant.isImplicit ? `${name}, ${variant.name}` : name,
    price: moneyIn(words, priceMinor, currency),
    before: moneyIn(words, told.beforeMinor, currency),
    slug,
    url: `${config.FRONTEND_URL}${config.FRONTEND_PRODUCT_PATH}/${slug}`,
  }
}

const TYPES = { backInStock: 'back_in_stock', priceDrop: 'price_drop' }

function noticeOf({ accountId, words }: Reader, kind: Told['kind'], item: Item): Notice {
  const { subject, brief } = words.watches[kind]
  return {
    key: `${TYPES[kind]}-${item.key}`,
    accountId,
    type: TYPES[kind],
    title: subject(item.name),
    body: brief(item.name, item.price),
    data: { product_id: item.productId, product_slug: item.slug, variant_id: item.variantId },
  }
}

/** One letter and one text message, however much it is. */
async function send(app: App, tx: Tx, reader: Reader, kind: Told['kind'], items: Item[]): Promise<void> {
  const { words, email, phone } = reader
  const key = `${TYPES[kind]}-${items[0]!.key}`
  if (email) {
    const letter = composeLetter(words, watchLetter(words, kind, items), shopOf(app.config))
    await queueLetter(app.jobs, tx, { key, to: email, ...letter })
  }
  if (phone) {
    const { brief, briefOfMany } = words.watches[kind]
    const body = items.length === 1 ? brief(items[0]!.name, items[0]!.price) : briefOfMany(items.length)
    await queueText(app.jobs, tx, { key, to: phone, body })
  }
}
