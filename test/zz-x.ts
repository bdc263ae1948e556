import pg from 'pg'
import { openDatabase, countingStatements } from '#platform/database'
import { selectProducts } from '../src/commerce/browse/selection.queries.ts'
import { findSelected } from '../src/commerce/browse/products.queries.ts'
import { listProducts } from '../src/commerce/browse/index.ts'
const url = 'postgres://postgres@127.0.0.1:5432/souk_bench_catalog'
const db = openDatabase({ url, poolSize: 1 })
const W = { limit: 20, offset: 0 }
const cases: [string, any, any?, any?][] = [
  ['default', {}], ['deep', {}, undefined, { limit: 20, offset: 96_000 }], ['page 2', {}, undefined, { limit: 20, offset: 20 }],
  ['past end', {}, undefined, { limit: 20, offset: 196_000 }],
  ['price', {}, { by: 'price', descending: false }], ['-price', {}, { by: 'price', descending: true }], ['name', {}, { by: 'name', descending: false }],
  ['-rating', {}, { by: 'rating', descending: true }], ['rating', {}, { by: 'rating', descending: false }], ['-popularity', {}, { by: 'popularity', descending: true }],
  ['-popularity deep', {}, { by: 'popularity', descending: true }, { limit: 20, offset: 60_000 }],
  ['leaf category', { category: { id: 100, slug: '100' } }], ['root category', { category: { id: null, slug: 'root-2' } }], ['root deep', { category: { id: 2, slug: '2' } }, undefined, { limit: 20, offset: 9000 }],
  ['root by price', { category: { id: 2, slug: '2' } }, { by: 'price', descending: false }], ['root by rating', { category: { id: 2, slug: '2' } }, { by: 'rating', descending: true }],
  ['leaf by name', { category: { id: 100, slug: '2' } }, { by: 'name', descending: false }], ['root by name', { category: { id: 2, slug: '2' } }, { by: 'name', descending: false }],
  ['no category', { category: { id: null, slug: 'nope' } }],
  ['brand', { brand: { id: null, slug: 'brand-7' } }], ['brand price', { brand: { id: 7, slug: 'brand-7' } }, { by: 'price', descending: false }],
  ['brand+category', { brand: { id: 7, slug: '7' }, category: { id: 2, slug: '2' } }],
  ['min/max price', { minPriceMinor: 1000, maxPriceMinor: 2000 }], ['min price', { minPriceMinor: 1000 }], ['max by price', { maxPriceMinor: 20000 }, { by: 'price', descending: true }],
  ['in stock', { inStock: true }], ['out of stock', { inStock: false }], ['in stock by price', { inStock: true }, { by: 'price', descending: false }],
  ['featured', { isFeatured: true }], ['on sale', { isOnSale: true }], ['not on sale', { isOnSale: false }], ['tag', { tag: 'tag7' }], ['no tag', { tag: 'xx' }], ['min rating', { minRating: 4 }],
  ['search kettle', { words: ['kettle'] }], ['search 2', { words: ['kettle', 'blue'] }], ['search rare', { words: ['3f2a1'] }], ['search short', { words: ['zq'] }], ['search none', { words: ['nothinglikethis'] }],
  ['search+cat+stock', { words: ['kettle'], category: { id: 2, slug: '2' }, inStock: true }],
  ['leaf+stock', { category: { id: 100, slug: '2' }, inStock: true }],['root+stock', { category: { id: 2, slug: '2' }, inStock: true }], ['brand+stock', { brand: { id: 2, slug: '2' }, inStock: true }],['search+stock', { words: ['kettle'], inStock: true }],
  ['leaf+price', { category: { id: 100, slug: '2' }, minPriceMinor: 1000, maxPriceMinor: 20000 }],['root+sale', { category: { id: 2, slug: '2' }, isOnSale: true }],
  ['inactive too', { includesInactive: true }],
]
const only = process.argv[2]
for (const [name, filter, order, window] of cases) {
  if (only && name !== only) continue
  const sel = selectProducts(filter, order ?? { by: 'created_at', descending: true }, window ?? W)
  const counter = { statements: 0, texts: [] as string[] }
  if (only) {
    await countingStatements(counter, () => findSelected(db, sel))
    const c = new pg.Client(url); await c.connect()
    const v = sel.isKept ? sel.values : [...sel.values, null]
    for (let i = 0; i < 7; i++) await c.query({ name: 'x', text: counter.texts[0]!, values: v })
    const r = await c.query({ text: 'explain (analyze, buffers) ' + counter.texts[0]!, values: v })
    console.log(r.rows.map((x: any) => x['QUERY PLAN']).join('\n')); await c.end(); break
  }
  let r: any
  for (let i = 0; i < 8; i++) r = await listProducts(db, filter, window ?? W, order)
  const first: number[] = []
  const t = performance.now()
  for (let i = 0; i < 10; i++) r = await findSelected(db, sel)
  const ms = (performance.now() - t) / 10
  const t2 = performance.now()
  let l: any
  for (let i = 0; i < 10; i++) l = await listProducts(db, filter, window ?? W, order)
  console.log(name.padEnd(20), `rows ${l.rows.length}`.padEnd(8), String(l.count).padEnd(7), `fresh count ${ms.toFixed(2)} ms, as served ${((performance.now() - t2) / 10).toFixed(2)} ms`)
}
await db.destroy()
