import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { searchShared } from '#commerce/browse'
import { createCategory } from '#commerce/catalog'
import { inTransaction } from '#platform/database'
import { stockedProduct } from '../../../../test/products.ts'
import { openTestShop, type TestShop } from '../../../../test/shop.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
  const category = (name: string, description = '') =>
    inTransaction(shop.db, (tx) => createCategory(tx, { name, description, tags: [] }))
  const teas = await category('Tea', 'Leaves and flowers')
  await category('Tea ware')
  await category('100% cotton')
  const hidden = { isActive: false }
  const products: Parameters<typeof stockedProduct>[1][] = [
    { name: 'Assam', description: 'Strong leaves, steeped', categoryId: teas.id, tags: ['black'] },
    { name: 'Green Steamer', description: 'For dumplings' },
    { name: 'Teapot', description: 'Round', variants: [{ sku: 'POT-77', priceMinor: 100 }] },
    { name: 'Teapot lid', description: 'For the pot' },
    { name: 'Shirt "Émile" 100% o\'cotton \\ white_blue' },
    { name: 'Secret teapot', ...hidden },
  ]
  for (const product of products) await stockedProduct({ shop }, product)
})
after(() => shop.close())

const all = { wantsProducts: true, wantsCategories: true, filter: {}, wantsFacets: false, currency: 'USD' }
async function look(text: string, wishes: Partial<Parameters<typeof searchShared>[1]> = {}) {
  const found = await searchShared(shop, { text, ...all, window: { limit: 20, offset: 0 }, ...wishes })
  assert.equal(found.count, found.products.length)
  return {
    products: found.products.map(({ name }) => name),
    categories: found.categories.map(({ name, products }) => [name, ...products.map((product) => product.name)]),
    suggested: [found.productSuggestions, found.categorySuggestions],
    relevance: found.products.map(({ relevance }) => relevance),
  }
}
const SHIRT = 'Shirt "Émile" 100% o\'cotton \\ white_blue'

test('SF-245 every word occurs in name, tags or description, if only as a part of another', async () => {
  assert.deepEqual((await look('EAM')).products, ['Green Steamer'])
  assert.deepEqual((await look('strong ASS')).products, ['Assam'])
  assert.deepEqual((await look('lac ssa')).products, ['Assam'])
  assert.deepEqual((await look('strong dumplings')).products, [])
  assert.deepEqual((await look('77')).products, [])
  assert.deepEqual((await look('pot-77')).products, ['Teapot'])
})

test('MP-080 what stands in the name comes first, and says how well it answers', async () => {
  const { products, relevance } = await look('pot')
  assert.deepEqual(products, ['Teapot', 'Teapot lid'])
  assert.ok(relevance.every((value) => value > 0 && value <= 1))
  assert.deepEqual(
    relevance.toSorted((a, b) => b - a),
    relevance,
  )
})

test('SF-246 a name given exactly finds that product alone, and no category that merely has it in it', async () => {
  assert.deepEqual(await look('tEAPOT').then(({ products, categories }) => [products, categories]), [['Teapot'], []])
})

test('SF-247 a category that is called so comes with its products; they are no results for that', async () => {
  const { products, categories } = await look('tea')
  assert.deepEqual(categories, [['Tea', 'Assam']])
  assert.deepEqual(products.toSorted(), ['Green Steamer', 'Teapot', 'Teapot lid'])
  assert.deepEqual((await look('leaves flow')).categories, [['Tea', 'Assam']])
})

test('SF-248 only the kind that is wanted is looked for', async () => {
  assert.deepEqual((await look('tea', { wantsProducts: false })).products, [])
  assert.deepEqual((await look('tea', { wantsCategories: false })).categories, [])
})

test('SF-252 an inactive product is neither found nor suggested nor nested', async () => {
  assert.deepEqual((await look('secret')).products, [])
  assert.deepEqual((await look('secret teapots')).suggested, [[], []])
})

test('SF-249, SF-255 where nothing is found, names that are written alike are suggested, the likeliest first', async () => {
  assert.deepEqual((await look('Teapto')).suggested, [['Teapot'], []])
  assert.deepEqual((await look('teapod l')).suggested, [['Teapot lid', 'Teapot'], []])
  assert.deepEqual((await look('Tex')).suggested, [[], ['Tea']])
  assert.deepEqual((await look('Teapto', { wantsProducts: false })).suggested, [[], []])
  assert.deepEqual((await look('qqqqqq')).suggested, [[], []])
})

test('SF-256 signs are taken literally', async () => {
  for (const text of ['"', '%', '_', '\\', '100%', "o'cotton", '"émile"', '"EMILE"', 'white_blue', '% \\', "0% o'"])
    assert.deepEqual((await look(text, { wantsCategories: false })).products, [SHIRT], text)
  for (const text of [
    '%%',
    'cotton%',
    'white-blue',
    '__',
    '\\\\',
    "' or 1=1 --",
    ':*',
    "'s:a' | b",
    '<->',
    '!',
    '()',
    '\u200b',
  ])
    assert.deepEqual((await look(text)).products, [], text)
  assert.deepEqual((await look('100%')).categories, [['100% cotton']])
})

test('MP-085 without a text every product is found, newest first; filters narrow it', async () => {
  const { products, categories } = await look('')
  assert.equal(products.length, 5)
  assert.deepEqual(categories, [])
  assert.deepEqual((await look('', { filter: { category: { id: null, slug: 'tea' } } })).products, ['Assam'])
})
