/** What is meant is among the first three (V1-405): over an invented catalogue, and over the sample shop. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { search } from '#commerce/browse'
import { createBrand, createCategory, createProduct } from '#commerce/catalog'
import { inTransaction } from '#platform/database'
import { brands, categories } from '../../src/sample-shop/goods.ts'
import { products } from '../../src/sample-shop/products/index.ts'
import { openTestShop, type TestShop } from '../shop.ts'
import { type Invented, insertInvented } from './invented-catalogue.ts'
import { misspell, pick } from './misspell.ts'
import { sampleQueries } from './sample-queries.ts'

const AT_LEAST = 0.95
type Asked = { query: string; wanted: string[] }

async function hitsAmong(shop: TestShop, asked: Asked[]): Promise<{ share: number; missed: string[] }> {
  const missed: string[] = []
  for (const { query, wanted } of asked) {
    const window = { limit: 3, offset: 0 }
    const { rows } = await search(shop, { text: query, filter: {}, window, wantsFacets: false, currency: 'USD' })
    const names = rows.map(({ name }) => name)
    if (!names.some((name) => wanted.includes(name)))
      missed.push(`${query}: wanted ${wanted[0]}, found ${names.join(' | ')}`)
  }
  return { share: 1 - missed.length / asked.length, missed }
}

describe('an invented catalogue of 5,000 products', () => {
  let shop: TestShop
  let invented: Invented[]
  before(async () => {
    shop = await openTestShop()
    invented = await insertInvented(shop.db)
  })
  after(() => shop.close())

  const lastWord = (text: string) => text.split(/[ -]/).at(-1)!
  const replaced = (text: string, word: string, other: string) => text.replace(word, other)
  const plural = (noun: string) => PLURALS[lastWord(noun)] ?? (/(s|sh|ch)$/.test(noun) ? `${noun}es` : `${noun}s`)
  const PLURALS: Record<string, string> = {
    knife: 'bread knives',
    shelf: 'shelves',
    bookshelf: 'bookshelves',
    scarf: 'scarves',
    trousers: 'trousers',
  }
  const unaccented = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ø', 'o')
  const misspelt = (word: string, seed: number) =>
    lastWord(word).length < 4 ? word : replaced(word, lastWord(word), misspell(lastWord(word), seed))

  const kinds: Record<string, (product: Invented, seed: number) => string> = {
    'the name': ({ name }) => name,
    'two words': ({ series, noun }) => `${series} ${noun}`,
    'two words the other way round': ({ series, noun }) => `${noun} ${series}`,
    'a noun misspelt': ({ series, noun }, seed) => `${series} ${misspelt(noun, seed)}`,
    'a name misspelt': ({ series, noun }, seed) => `${misspell(unaccented(series), seed)} ${noun}`,
    'both misspelt': ({ series, noun }, seed) => `${misspell(unaccented(series), seed)} ${misspelt(noun, seed + 3)}`,
    'misspelt twice': ({ series, noun }, seed) =>
      lastWord(noun).length < 7 ? `${series} ${noun}` : `${series} ${misspelt(misspelt(noun, seed), seed + 5)}`,
    'a plural': ({ series, noun }) => `${series} ${plural(noun)}`,
    'without accents, without capitals': ({ series, noun }) => unaccented(`${series} ${noun}`).toLowerCase(),
    'an article number': ({ sku }) => sku.toLowerCase(),
    'a brand and a noun': ({ brand, noun }) => `${brand} ${noun}`,
    'beginnings of words': ({ series, noun }) => `${series} ${noun.slice(0, 4)}`,
    'two words written as one, or one as two': ({ series, noun }) =>
      `${series} ${noun.includes(' ') ? noun.replace(' ', '') : noun.replace('-', ' ')}`,
    'a word of the category and the name': ({ series, category, noun }) => `${category} ${series} ${noun}`,
    'with its tag': ({ series, noun, tag }) => `${tag} ${noun} ${series}`,
  }

  for (const [kind, phrase] of Object.entries(kinds)) {
    test(`V1-405 ${kind}`, async (t) => {
      const asked = Array.from({ length: 40 }, (_, at) => {
        const product = invented[pick(at * 131 + kind.length, invented.length)]!
        const same = invented.filter(({ brand, noun }) => brand === product.brand && noun === product.noun)
        const wanted = kind === 'a brand and a noun' ? same : [product]
        return { query: phrase(product, at + 1), wanted: wanted.map(({ name }) => name) }
      })
      const { share, missed } = await hitsAmong(shop, asked)
      t.diagnostic(`${Math.round(share * 100)} %`)
      assert.ok(share >= AT_LEAST, missed.join('\n'))
    })
  }
})

test('V1-405 the sample shop', async (t) => {
  const shop = await openTestShop()
  t.after(() => shop.close())
  await inTransaction(shop.db, async (tx) => {
    const ids = new Map<string, number>()
    for (const [slug, category] of Object.entries(categories)) {
      const parent = 'parent' in category ? { parentId: ids.get(category.parent)! } : {}
      ids.set(slug, (await createCategory(tx, { name: category.name, slug, ...parent })).id)
    }
    for (const [key, brand] of Object.entries(brands)) ids.set(`brand ${key}`, (await createBrand(tx, brand)).id)
    for (const { name, description, tags, specifications, sku, ...product } of products) {
      const place = { categoryId: ids.get(product.category)!, brandId: ids.get(`brand ${product.brand}`)! }
      const variants = [{ sku, priceMinor: 1000 }]
      await createProduct(
        tx,
        { name, description, tags, specifications, currency: 'USD', ...place, variants },
        shop.now(),
      )
    }
  })
  const asked = Object.entries(sampleQueries).map(([query, wanted]) => ({ query, wanted: [wanted].flat() }))
  const { share, missed } = await hitsAmong(shop, asked)
  t.diagnostic(`${Math.round(share * 100)} % of ${asked.length}; ${missed.join('; ')}`)
  assert.ok(share >= AT_LEAST, missed.join('\n'))
})
