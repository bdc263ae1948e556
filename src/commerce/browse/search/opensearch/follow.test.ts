import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { keepSearchInStep, rebuildSearch, sweepSearch } from '#commerce/browse'
import {
  changeBrand,
  changeProduct,
  changeVariant,
  createBrand,
  editCategory,
  lockProduct,
  removeProduct,
} from '#commerce/catalog'
import { takeStock } from '#commerce/inventory'
import { addReview } from '#commerce/reviews'
import { inTransaction, type Tx } from '#platform/database'
import { signedUp } from '../../../../../test/accounts.ts'
import { ALIAS, answer, type OpenSearchDouble, openOpenSearchDouble } from '../../../../../test/opensearch-double.ts'
import { stockedProduct } from '../../../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../../../test/server.ts'
import { fillShelf, type Shelf } from '../../../../../test/shelf.ts'

const HOUR_MS = 3_600_000
let double: OpenSearchDouble
let server: TestServer
let shelf: Shelf
before(async () => {
  double = await openOpenSearchDouble()
  server = await openTestServer({ SEARCH_URL: double.url, LOG_LEVEL: 'silent' })
  shelf = await fillShelf(server)
  await keepSearchInStep(server.shop)
})
after(async () => {
  await server.close()
  await double.close()
})
afterEach(() => {
  double.always = undefined
  double.troubles.length = 0
})

const step = () => keepSearchInStep(server.shop)
const document = (id: number) => double.documents().get(String(id))
const change = (id: number, changes: Parameters<typeof changeProduct>[2]) =>
  inTransaction(server.shop.db, async (tx) => changeProduct(tx, await lockProduct(tx, id), changes, server.shop.now()))
const bulks = () => double.asked.filter((line) => line.endsWith('/_bulk')).length
async function found(q: string): Promise<string[]> {
  const { status, body } = await server.call('GET', `/api/v1/search/?q=${encodeURIComponent(q)}`)
  assert.equal(status, 200)
  return body.results.map(({ name }: { name: string }) => name)
}

test('V1-443 a shop without an index builds one, of what shoppers see', () => {
  const { tea, green, coffee, mug, teas, drinks, leaf } = shelf
  const documents = double.documents()
  assert.deepEqual([...documents.keys()].map(Number).sort(), [tea.id, green.id, coffee.id, mug.id].sort())
  const { created_at: _, merit, rating_average: rating, ...rest } = document(tea.id)!
  assert.ok(merit > 5 && rating > 4)
  assert.deepEqual(rest, {
    product_id: tea.id,
    name: 'Assam tea',
    name_key: 'assam tea',
    brand: 'Leaf',
    category: ['Drinks', 'Teas'],
    tags: ['black', 'loose'],
    description: ' Strong, 100% leaf_tips',
    skus: ['ASSAM'],
    category_ids: [drinks.id, teas.id],
    category_id: teas.id,
    brand_id: leaf.id,
    seller_id: null,
    price_minor: 900,
    in_stock: true,
    is_featured: false,
    is_on_sale: true,
    is_best_seller: false,
    flash_sale_until: null,
  })
  assert.deepEqual([...(double.aliases.get(ALIAS) ?? [])], [...double.indexes.keys()])
})

test('V1-443 what is created, changed, sold out, rated, hidden and removed is in step', async () => {
  const { shop } = server
  const product = await stockedProduct(server, {
    name: 'Cedar chest',
    stock: 1,
    variants: [{ sku: 'CHEST', priceMinor: 500 }],
  })
  await step()
  assert.deepEqual(await found('cedar'), ['Cedar chest'])
  await change(product.id, { name: 'Walnut chest', isFlashSale: true, flashSaleEndsAt: new Date('2030-01-01') })
  await step()
  assert.deepEqual(await found('walnut'), ['Walnut chest'])
  assert.deepEqual(await found('cedar'), [])
  assert.match(document(product.id)!.flash_sale_until, /^2030-01-01T00:00:00/)
  await inTransaction(shop.db, (tx) =>
    takeStock(tx, [{ ...product, productId: product.id, quantity: 1 }], 'OUT', shop.now()),
  )
  const { accountId } = await signedUp(server)
  const review = { productId: product.id, accountId, rating: 5, status: 'approved', createdAt: shop.now() } as const
  await inTransaction(shop.db, (tx) => addReview(tx, review))
  await step()
  assert.deepEqual([document(product.id)!.in_stock, document(product.id)!.rating_average], [false, 5])
  await inTransaction(shop.db, async (tx) => {
    const locked = await lockProduct(tx, product.id)
    await changeVariant(tx, locked, product.variantId, { sku: 'CHEST-2' }, shop.now())
  })
  await step()
  assert.deepEqual(document(product.id)!.skus, ['CHEST-2'])
  await change(product.id, { isActive: false })
  await step()
  assert.equal(document(product.id), undefined)
  await change(product.id, { isActive: true })
  await step()
  assert.ok(document(product.id))
  await inTransaction(shop.db, async (tx) => removeProduct(tx, await lockProduct(tx, product.id), false, shop.now()))
  await step()
  assert.equal(document(product.id), undefined)
})

test('V1-443 a renamed brand or category takes its products along', async () => {
  const { leaf, drinks, tea, mug } = shelf
  await inTransaction(server.shop.db, (tx) => changeBrand(tx, leaf.id, { name: 'Blade' }))
  await editCategory(server.shop, drinks.id, { name: 'Beverages' })
  await step()
  assert.deepEqual([document(tea.id)!.brand, document(tea.id)!.category], ['Blade', ['Beverages', 'Teas']])
  assert.equal(document(mug.id)!.brand, null)
})

test('V1-443 what nothing changed is not sent again', async () => {
  await step()
  const before = bulks()
  await step()
  await inTransaction(server.shop.db, (tx) => createBrand(tx, { name: 'Alone' }))
  await step()
  assert.equal(bulks(), before)
})

test('V1-443 a change is not skipped because others were committed while it was open', async () => {
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>()
  const { promise: began, resolve: begin } = Promise.withResolvers<void>()
  const slow = inTransaction(server.shop.db, async (tx: Tx) => {
    await changeProduct(tx, await lockProduct(tx, shelf.mug.id), { name: 'Slow mug' }, server.shop.now())
    begin()
    await mayEnd
  })
  await began
  await change(shelf.green.id, { name: 'quick tea' })
  await step()
  assert.deepEqual([document(shelf.green.id)!.name, document(shelf.mug.id)!.name], ['quick tea', 'Mug'])
  end()
  await slow
  await step()
  assert.equal(document(shelf.mug.id)!.name, 'Slow mug')
})

test('V1-443 an older document never takes the place of a newer one', async () => {
  await change(shelf.mug.id, { name: 'First mug' })
  const { promise: mayGo, resolve: go } = Promise.withResolvers<true>()
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
  // The alias is asked for first; then comes the batch, which is held up.
  double.troubles.push(
    () => true,
    () => {
      arrive()
      return mayGo
    },
  )
  const late = step()
  await arrived
  await change(shelf.mug.id, { name: 'Second mug' })
  await step()
  assert.equal(document(shelf.mug.id)!.name, 'Second mug')
  go(true)
  await late
  assert.equal(document(shelf.mug.id)!.name, 'Second mug')
})

test('V1-443 many steps at once, beside many writers, end in step', async () => {
  const writers = Array.from({ length: 20 }, (_, at) =>
    change(at % 2 ? shelf.tea.id : shelf.mug.id, { name: `Name ${at}` }),
  )
  await Promise.all([...writers, step(), step(), step()])
  await Promise.all([step(), step()])
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from catalog.products where id in (${shelf.tea.id}, ${shelf.mug.id})`.execute(server.shop.db)
  for (const { id, name } of rows) assert.equal(document(id)!.name, name)
})

test('V1-443 an engine that is busy, breaks off or is down is tried again, and what failed is sent the next time', async () => {
  const { mug } = shelf
  await change(mug.id, { name: 'Busy mug' })
  const index = [...double.aliases.get(ALIAS)!][0]!
  const item = { index: { _id: String(mug.id), status: 429, error: { type: 'rejected_execution_exception' } } }
  double.troubles.push(
    () => true,
    (_, response) => answer(response, 429, {}),
    (_, response) => answer(response, 503, {}),
    (request) => request.socket.destroy(),
    (_, response) => answer(response, 200, { errors: true, items: [item] }),
  )
  await step()
  assert.equal(document(mug.id)!.name, 'Busy mug')
  // It took the batch, and its answer was lost.
  await change(mug.id, { name: 'Taken mug' })
  double.troubles.push(
    () => true,
    async (_, response, body) => {
      const [action, source] = body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      double.indexes.get(index)!.set(String(mug.id), { version: action.index.version, source })
      answer(response, 502, {})
    },
  )
  await step()
  assert.equal(document(mug.id)!.name, 'Taken mug')
  await change(mug.id, { name: 'Late mug' })
  double.always = (_, response) => answer(response, 503, {})
  await assert.rejects(step(), /503/)
  double.always = undefined
  await step()
  assert.equal(document(mug.id)!.name, 'Late mug')
})

test('V1-443 a fresh index is built beside the old one, which answers until the alias is switched', async () => {
  const [old] = [...double.aliases.get(ALIAS)!]
  let wasOld = false
  let isChanged = false
  double.always = async (request) => {
    if (request.url!.includes('_bulk') && !isChanged) {
      isChanged = true
      // While it is built, something changes, and the old index is searched.
      await change(shelf.mug.id, { name: 'Mug of meanwhile' })
      wasOld = [...double.aliases.get(ALIAS)!][0] === old
    }
    return true
  }
  assert.equal(await rebuildSearch(server.shop), 4)
  const [fresh, ...others] = [...double.aliases.get(ALIAS)!]
  assert.deepEqual([wasOld, others, fresh === old], [true, [], false])
  assert.equal(document(shelf.mug.id)!.name, 'Mug of meanwhile')
  await step()
  assert.ok(double.indexes.has(old!), 'whoever still searches it finds it')
  server.shop.pass(2 * HOUR_MS)
  await step()
  assert.deepEqual([...double.indexes.keys()], [fresh])
})

test('V1-443 a build that breaks off loses nothing, and what it left is swept', async () => {
  const [used] = [...double.aliases.get(ALIAS)!]
  let requests = 0
  double.always = (request, response) => {
    requests += 1
    return requests === 2 ? answer(response, 400, { error: { type: 'broken' } }) : request.url !== ''
  }
  await assert.rejects(rebuildSearch(server.shop), /broken/)
  double.always = undefined
  assert.deepEqual([[...double.aliases.get(ALIAS)!], double.indexes.size], [[used], 2])
  await change(shelf.mug.id, { name: 'Mug after all' })
  await step()
  assert.equal(document(shelf.mug.id)!.name, 'Mug after all')
  server.shop.pass(2 * HOUR_MS)
  await step()
  assert.deepEqual([...double.indexes.keys()], [used])
})

test('V1-443 an index that is gone, too far behind, or of another database is built anew', async () => {
  double.indexes.clear()
  double.aliases.clear()
  await step()
  assert.equal(double.documents().size, 4)
  const [first] = [...double.aliases.get(ALIAS)!]
  await change(shelf.mug.id, { name: 'Mug of yesterday' })
  server.shop.pass(25 * HOUR_MS)
  await sweepSearch(server.shop)
  await step()
  const [second] = [...double.aliases.get(ALIAS)!]
  assert.notEqual(second, first)
  assert.equal(document(shelf.mug.id)!.name, 'Mug of yesterday')
  await sql`update browse.followers set seen = '900000000000:900000000000:'`.execute(server.shop.db)
  await step()
  assert.notEqual([...double.aliases.get(ALIAS)!][0], second)
})

test('V1-443 many changes are told together, a moment later', async () => {
  await step()
  const before = bulks()
  await change(shelf.mug.id, { name: 'Mug at once' })
  for (let times = 0; times < 5; times += 1) server.shop.searchEngine.noteChange?.(server.shop.db)
  for (let tries = 0; tries < 50 && bulks() === before; tries += 1) await sleep(100)
  await sleep(100)
  assert.equal(document(shelf.mug.id)!.name, 'Mug at once')
  assert.equal(bulks(), before + 1)
})
