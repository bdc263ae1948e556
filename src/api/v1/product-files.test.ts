import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { findImports, purgeImports } from '#commerce/assortment'
import { findProductPage, readHandle } from '#commerce/browse'
import { inTransaction } from '#platform/database'
import { readSheet } from '#platform/sheets'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { form } from '../../../test/forms.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { csv, manyRows, openCategory, sheetForm } from '../../../test/sheets.ts'

const IMPORTS = '/api/v1/products/imports/'
const DAY_MS = 86_400_000
let server: TestServer
let staff: SignedUp

before(async () => {
  server = await openTestServer()
  staff = await staffMember(server)
  await openCategory(server.shop)
})
after(() => server.close())

const get = (url: string) => server.call('GET', url, { token: staff.access })
const start = (content: string, query = '') =>
  server.call('POST', `${IMPORTS}${query}`, { token: staff.access, ...sheetForm(content) })

async function ended(content: string, query = '') {
  const { status, body } = await start(content, query)
  assert.equal(status, 202, JSON.stringify(body))
  await server.shop.runJobs()
  return (await get(`${IMPORTS}${body.id}/`)).body
}

async function countProducts(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from catalog.products`.execute(server.shop.db)
  return rows[0]!.count
}

test('SF-225 an import is read at once and written by a job; how far it has come can be asked', async () => {
  const { status, body } = await start([...manyRows(500)].join(''))
  assert.equal(status, 202)
  const { id, created_at, ...queued } = body
  assert.deepEqual(queued, {
    status: 'queued',
    dry_run: false,
    started_by: staff.accountId,
    rows_read: 500,
    rows_total: 500,
    rows_written: 0,
    errors_count: 0,
    ended_at: null,
    errors: [],
  })
  assert.ok(created_at)
  assert.equal(await countProducts(), 0)
  await server.shop.runJobs()
  const { body: done } = await get(`${IMPORTS}${id}/`)
  assert.deepEqual([done.status, done.rows_written, done.errors_count], ['done', 500, 0])
  assert.ok(done.ended_at)
  assert.equal(await countProducts(), 500)
  const { rows } = await sql`select from assortment.import_rows`.execute(server.shop.db)
  assert.equal(rows.length, 0)
})

test('SF-231 what is wrong can be read by the page, in the order of the rows', async () => {
  const before = await countProducts()
  const refused = await ended(
    csv(...Array.from({ length: 150 }, (_, row) => `Bad ${row},d,${row % 2 ? 'C-1' : 'C-9'},x,1-a`)),
  )
  assert.deepEqual([refused.status, refused.errors_count, refused.errors.length], ['refused', 225, 100])
  const pages = [1, 2, 3].map((page) => get(`${IMPORTS}${refused.id}/errors/?page=${page}&page_size=100`))
  const bodies = (await Promise.all(pages)).map(({ body }) => body)
  assert.deepEqual(
    bodies.map(({ count, results }) => [count, results.length]),
    [
      [225, 100],
      [225, 100],
      [225, 25],
    ],
  )
  const errors = bodies.flatMap(({ results }) => results)
  assert.deepEqual(errors.slice(0, 3), [
    { row: 2, field: 'inventory', message: 'inventory is no whole number' },
    { row: 2, field: 'category_id', message: 'category_id "C-9" is not that of a category' },
    { row: 3, field: 'inventory', message: 'inventory is no whole number' },
  ])
  assert.deepEqual(
    errors,
    errors.toSorted((a, b) => a.row - b.row),
  )
  assert.equal((await get(`${IMPORTS}${refused.id}/errors/?page=4&page_size=100`)).status, 404)
  assert.equal(await countProducts(), before)
})

test('a dry run finds what is wrong, and writes nothing where nothing is', async () => {
  const before = await countProducts()
  const fine = await ended(csv('Dry,d,C-1,1,1-a'), '?dry_run=true')
  assert.deepEqual([fine.status, fine.dry_run, fine.rows_written], ['done', true, 0])
  assert.equal((await ended(csv('Dry,d,C-9,1,1-a'), '?dry_run=true')).status, 'refused')
  assert.equal(await countProducts(), before)
  assert.equal((await start(csv('Dry,d,C-1,1,1-a'), '?dry_run=perhaps')).status, 400)
})

test('SF-232 SF-233 a file that cannot be read is refused at once, and leaves no import', async () => {
  const { body: before } = await get(IMPORTS)
  assert.deepEqual((await start('')).body, { detail: 'The file is empty.' })
  assert.deepEqual((await start('name\nA')).body, {
    detail: 'The header has no column description, category_id, inventory, price_weights.',
  })
  const none = await server.call('POST', IMPORTS, { token: staff.access, ...form({}) })
  assert.deepEqual([none.status, none.body], [400, { file: ['This field is required.'] }])
  const json = await server.call('POST', IMPORTS, { token: staff.access, body: {} })
  assert.deepEqual([json.status, json.body], [400, { file: ['This field is required.'] }])
  assert.equal((await get(IMPORTS)).body.count, before.count)
})

test('V1-009 imports and exports are for staff, and those that there are not are 404', async () => {
  const customer = await signedUp(server)
  const seller = await signedUp(server, { isSeller: true })
  for (const [method, url] of [
    ['POST', IMPORTS],
    ['GET', IMPORTS],
    ['GET', `${IMPORTS}1/`],
    ['GET', `${IMPORTS}1/errors/`],
    ['GET', '/api/v1/products/export/'],
  ] as const) {
    assert.equal((await server.call(method, url)).status, 401, url)
    for (const { access: token } of [customer, seller])
      assert.equal((await server.call(method, url, { token })).status, 403, url)
  }
  assert.equal((await get(`${IMPORTS}999999/`)).status, 404)
  assert.equal((await get(`${IMPORTS}999999/errors/`)).status, 404)
  assert.equal((await get(`${IMPORTS}x/`)).status, 404)
})

test('all columns that an import may have are taken, and each is checked', async () => {
  await sql`insert into catalog.brands (name, slug) values ('Leaf & Co', 'leaf')`.execute(server.shop.db)
  const header =
    'name,description,category_id,inventory,slug,sku,price,compare_at_price,discount_percent,currency,weight_grams,brand,short_description,tags,image_urls,image_texts,specifications,is_active,is_featured,is_best_seller,is_flash_sale,flash_sale_ends_at,low_stock_threshold,created_at,variants,price_weights'
  const full = await ended(
    [
      header,
      'Full,d,C-1,7,full-one,FULL-1,7.5,10,25,eur,250,leaf & co,short,a|b c,https://x.example/1.png https://x.example/2.png,one|two,"{""Origin"":""India""}",no,yes,TRUE,1,2027-01-01T00:00:00Z,3,2026-01-01T10:00:00Z,,',
      'Two,-,-,3,,TWO-1|TWO-2,,,,,,,,,,,,,,,,,,,,"1-a,2-b"',
      'Told,d,C-1,5,,,,,,,,,,,,,,,,,,,,,"[{""sku"":""TOLD-1"",""name"":""S"",""price"":""3.00"",""compare_at_price"":""4.00"",""attributes"":{""size"":""S""},""inventory"":4},{""sku"":""TOLD-2"",""price"":""2"",""inventory"":1,""is_active"":false}]",',
    ].join('\n'),
  )
  assert.deepEqual([full.status, full.errors], ['done', []])
  const page = async (slug: string) => (await findProductPage(server.shop.db, readHandle(slug), true))!
  const one = await page('full-one')
  const { name, priceMinor, compareAtMinor, discountBasisPoints, currency, brandName, shortDescription, tags } = one
  assert.deepEqual(
    { name, priceMinor, compareAtMinor, discountBasisPoints, currency, brandName, shortDescription, tags },
    {
      name: 'Full',
      priceMinor: 750,
      compareAtMinor: 1000,
      discountBasisPoints: 2500,
      currency: 'EUR',
      brandName: 'Leaf & Co',
      shortDescription: 'short',
      tags: ['a', 'b c'],
    },
  )
  assert.deepEqual(one.specifications, { Origin: 'India' })
  assert.deepEqual(
    one.pictures.map(({ url, altText, isPrimary }) => [url, altText, isPrimary]),
    [
      ['https://x.example/1.png', 'one', true],
      ['https://x.example/2.png', 'two', false],
    ],
  )
  assert.deepEqual(
    [one.isActive, one.isFeatured, one.isBestSeller, one.isFlashSale, one.flashSaleEndsAt, one.createdAt],
    [false, true, true, true, new Date('2027-01-01T00:00:00Z'), new Date('2026-01-01T10:00:00Z')],
  )
  assert.deepEqual([one.sku, one.stock, one.lowStockThreshold, one.variants[0]!.weightGrams], ['FULL-1', 7, 3, 250])
  assert.equal(one.variants[0]!.isImplicit, true)
  const two = await page('two')
  assert.deepEqual([two.description, two.categoryId], ['', null])
  assert.deepEqual(
    two.variants.map(({ sku, stock }) => [sku, stock]),
    [
      ['TWO-1', 2],
      ['TWO-2', 1],
    ],
  )
  const told = await page('told')
  assert.deepEqual([told.priceMinor, told.compareAtMinor, told.stock], [300, 400, 4])
  assert.deepEqual(
    told.variants.map(({ sku, isActive, attributes, stock }) => [sku, isActive, attributes, stock]),
    [
      ['TOLD-1', true, { size: 'S' }, 4],
      ['TOLD-2', false, {}, 1],
    ],
  )

  const wrong = await ended(
    [
      header,
      'W1,d,C-1,1,,FULL-1,x,1,,XXY,,Nobody,,,ftp://a b,,[],maybe,,,,soon,-1,,,',
      'W2,d,C-1,1,,A|B,5,1,10,,,,,,,,,,,,,,,,,1-a',
      'W3,d,C-1,1,,A|B,,,,,,,,,,,,,,,,,,,,1-a',
      'W4,d,C-1,1,,full-2,1,,,,,,,,,,,,,,,,,,,',
      'W5,d,C-1,1,,FULL-2,1,,,,,,,,,,,,,,,,,,,',
      'W6,d,C-1,2,,,,,,,,,,,,,,,,,,,,,"[{""price"":1,""inventory"":1}]",',
      'W7,d,C-1,2,,,,,,,,,,,,,,,,,,,,,"[{""price"":-1,""attributes"":{""a"":1}},7]",',
      'W8,d,C-1,2,,,1,,,,,,,,,,"{""a"":""\\u0000""}",,,,,,,,,',
      'W9,d,C-1,2,,,,,,,,,,,,,,,,,,,,,{bad,',
    ].join('\n'),
  )
  assert.equal(wrong.status, 'refused')
  assert.deepEqual(
    wrong.errors.map(({ row, field }: { row: number; field: string }) => `${row} ${field}`).sort(),
    [
      '10 variants',
      '2 brand',
      '2 currency',
      '2 flash_sale_ends_at',
      '2 image_urls',
      '2 is_active',
      '2 low_stock_threshold',
      '2 price',
      '2 sku',
      '2 specifications',
      '3 compare_at_price',
      '3 discount_percent',
      '3 price',
      '3 sku',
      '4 sku',
      '4 sku',
      '6 sku',
      '7 inventory',
      '8 variants',
      '9 specifications',
    ].sort(),
  )
})

test('the export has every product of the house, in the format of the import', async () => {
  const seller = await signedUp(server, { isSeller: true })
  await stockedProduct(server, { name: 'Of a seller', sellerId: seller.accountId })
  await inTransaction(server.shop.db, async (tx) => {
    await sql`update catalog.products set name = '=1+1' where name = 'Two'`.execute(tx)
  })
  for (const format of ['csv', 'xlsx']) {
    const { status, headers, body } = await get(`/api/v1/products/export/?format=${format}`)
    assert.equal(status, 200)
    assert.equal(headers['content-disposition'], `attachment; filename="products.${format}"`)
    const rows = []
    for await (const { cells } of readSheet(
      (async function* () {
        yield body as Buffer
      })(),
    ))
      rows.push(cells)
    assert.equal(rows.length, 504)
    assert.deepEqual(rows[0]!.slice(0, 4), ['name', 'description', 'category_id', 'inventory'])
    const names = rows.map(([name]) => name)
    assert.ok(names.includes('=1+1') && !names.includes('Of a seller'))
  }
  assert.equal((await get('/api/v1/products/export/?format=pdf')).status, 400)
  assert.match(String((await get('/api/v1/products/export/')).headers['content-type']), /^text\/csv/)
})

test('an import that lost its rows, or its process, has failed; imports are kept for thirty days', async () => {
  const lost = await start(csv('Lost,d,C-1,1,1-a'))
  await sql`delete from assortment.import_rows`.execute(server.shop.db)
  await server.shop.runJobs()
  assert.equal((await get(`${IMPORTS}${lost.body.id}/`)).body.status, 'failed')

  await sql`
    insert into assortment.imports (status, is_dry_run, rows_read, created_at, touched_at)
    values ('reading', false, 1, ${server.shop.now()}, ${server.shop.now()})`.execute(server.shop.db)
  await sql`
    insert into assortment.import_rows (import_id, row, name, skus) select max(id), 2, 'a', '{}' from assortment.imports`.execute(
    server.shop.db,
  )
  await purgeImports(server.shop)
  const newest = async () => (await findImports(server.shop.db, { limit: 1, offset: 0 })).rows[0]!
  assert.equal((await newest()).status, 'reading')
  server.shop.pass(DAY_MS / 24)
  await purgeImports(server.shop)
  assert.equal((await newest()).status, 'failed')
  assert.equal((await sql`select from assortment.import_rows`.execute(server.shop.db)).rows.length, 0)
  server.shop.pass(31 * DAY_MS)
  await purgeImports(server.shop)
  const { rows } = await sql`select from assortment.imports`.execute(server.shop.db)
  assert.equal(rows.length, 0)
})
