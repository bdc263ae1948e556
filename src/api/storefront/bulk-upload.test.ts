import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { changeOffer, removeOffer } from '#commerce/assortment'
import { findProductPage, type ProductPage, readHandle } from '#commerce/browse'
import { notifyLowStock } from '#commerce/notifications'
import { writeXlsx } from '#platform/sheets'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'
import { csv, HEADER, manyRows, openCategory, sheetForm } from '../../../test/sheets.ts'
import { BAD_TOKEN, NO_CREDENTIALS, NOT_ALLOWED } from '../../../test/storefront.ts'

const URL = '/api/products/bulk-upload/'
const DONE = { status: 'success', message: 'Products uploaded successfully' }
let server: TestServer
let token: string

before(async () => {
  server = await openTestServer()
  token = (await staffMember(server, { surface: 'storefront' })).access
  await openCategory(server.shop, 'C-1')
  await openCategory(server.shop, '001')
})
after(() => server.close())

const upload = (content: string | Uint8Array, fileName?: string): Promise<Called> =>
  server.call('POST', URL, { token, ...sheetForm(content, fileName) })

async function found(slug: string): Promise<ProductPage> {
  return (await findProductPage(server.shop.db, readHandle(slug), true)) ?? assert.fail(`there is no ${slug}`)
}

async function countProducts(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from catalog.products`.execute(server.shop.db)
  return rows[0]!.count
}

/** What the sheet is refused with; nothing of it is saved. */
async function refused(content: string | Uint8Array): Promise<Called['body']> {
  const before = await countProducts()
  const { status, body } = await upload(content)
  assert.equal(status, 400, JSON.stringify(body))
  assert.equal(await countProducts(), before, 'something was saved')
  return body
}

const faults = (body: Called['body']) =>
  body.errors.map(({ row, field }: { row: number; field: string }) => `${row} ${field}`)

test('SF-225 the products of a CSV are in the catalogue, with their stock and its ledger', async () => {
  const { status, body } = await upload(
    csv('Red Rug,"A rug, red",C-1,10,"2500-100gms,3500.50-200gms"', 'Blue Rug,Another,001,0,99-1 kg'),
  )
  assert.deepEqual([status, body], [201, DONE])
  const rug = await found('red-rug')
  assert.deepEqual(
    [rug.name, rug.description, rug.categoryCode, rug.stock, rug.priceMinor, rug.currency, rug.isActive, rug.sellerId],
    ['Red Rug', 'A rug, red', 'C-1', 10, 250_000, 'USD', true, null],
  )
  assert.deepEqual(
    rug.variants.map(({ name, weightLabel, priceMinor, stock }) => ({ name, weightLabel, priceMinor, stock })),
    [
      { name: '100gms', weightLabel: '100gms', priceMinor: 250_000, stock: 5 },
      { name: '200gms', weightLabel: '200gms', priceMinor: 350_050, stock: 5 },
    ],
  )
  assert.ok(rug.variants.every(({ sku }) => /^S-[0-9A-Z]{10}$/.test(sku)))
  const { rows } = await sql`
    select movement, quantity, balance_after, notes from inventory.ledger where variant_id = ${rug.variants[0]!.id}`.execute(
    server.shop.db,
  )
  assert.deepEqual(rows, [{ movement: 'IN', quantity: 5, balanceAfter: 5, notes: 'Import' }])
  assert.equal((await found('blue-rug')).stock, 0)
})

test('SF-226 cells without quotes and one with them give the same variants', async () => {
  assert.equal((await upload(csv('Loose,d,C-1,6,10-a,20-b-c,30-d', 'Quoted,d,C-1,6,"10-a,20-b-c,30-d"'))).status, 201)
  const variants = async (slug: string) =>
    (await found(slug)).variants.map(({ weightLabel, priceMinor, stock }) => [weightLabel, priceMinor, stock])
  assert.deepEqual(await variants('loose'), [
    ['a', 1000, 2],
    ['b-c', 2000, 2],
    ['d', 3000, 2],
  ])
  assert.deepEqual(await variants('loose'), await variants('quoted'))
})

test('SF-227 the stock is that of the column, split as evenly as can be', async () => {
  assert.equal((await upload(csv('Split,d,C-1,100,1-a,2-b,3-c'))).status, 201)
  const product = await found('split')
  assert.equal(product.stock, 100)
  assert.deepEqual(
    product.variants.map(({ stock }) => stock),
    [34, 33, 33],
  )
})

test('SF-228 an .xlsx is read as a CSV is', async () => {
  const rows = [HEADER.split(','), ['From Excel', 'A "quoted", text', '001', 7, '12.50-1lb,24-2lb']]
  const { status, body } = await upload(await buffer(writeXlsx(rows)), 'products.xlsx')
  assert.deepEqual([status, body], [201, DONE])
  const product = await found('from-excel')
  assert.deepEqual([product.description, product.categoryCode, product.stock], ['A "quoted", text', '001', 7])
  assert.deepEqual(
    product.variants.map(({ priceMinor, stock }) => [priceMinor, stock]),
    [
      [1250, 4],
      [2400, 3],
    ],
  )
})

test('SF-229 SF-230 SF-231 every bad row is told with all that is wrong in it, and nothing is saved', async () => {
  await stockedProduct(server, { name: 'Taken Name' })
  const body = await refused(
    csv(
      'Fine,d,C-1,1,1-a',
      ',,,,',
      ',d,C-1,1,1-a',
      'No description, ,C-1,1,1-a',
      'No category,d,,1,1-a',
      'No stock,d,C-1,,1-a',
      'No weights,d,C-1,1,',
      'Words for stock,d,C-1,many,1-a',
      'Less than none,d,C-1,-1,1-a',
      'Half a unit,d,C-1,1.5,1-a',
      'Without dash,d,C-1,1,2500',
      'Without weight,d,C-1,1,2500-',
      'Without price,d,C-1,1,-100gms',
      'Three decimals,d,C-1,1,2.505-a',
      'No number,d,C-1,1,cheap-a',
      'The same twice,d,C-1,1,"1-a,1.00-a"',
      'Elsewhere,d,Nowhere,1,1-a',
      'tAKEN nAME,d,C-1,1,1-a',
      'Twice,d,C-1,1,1-a',
      'TWICE,d,C-1,1,1-a',
      'All of it,,Nowhere,x,y',
    ),
  )
  assert.deepEqual(faults(body), [
    '4 name',
    '5 description',
    '6 category_id',
    '7 inventory',
    '8 price_weights',
    '9 inventory',
    '10 inventory',
    '11 inventory',
    '12 price_weights',
    '13 price_weights',
    '14 price_weights',
    '15 price_weights',
    '16 price_weights',
    '17 price_weights',
    '18 category_id',
    '19 name',
    '21 name',
    '22 description',
    '22 price_weights',
    '22 inventory',
    '22 category_id',
  ])
  for (const row of new Set(body.errors.map(({ row }: { row: number }) => row)))
    assert.match(body.error, new RegExp(`\\bRow ${row}\\b`))
  assert.ok(!/\bRow (2|3|20)\b/.test(body.error), body.error)
  const message = (row: number) => body.errors.find((error: { row: number }) => error.row === row).message
  assert.equal(message(7), 'inventory is missing')
  assert.equal(message(10), 'inventory is below 0')
  assert.equal(message(18), 'category_id "Nowhere" is not that of a category')
  assert.equal(message(19), 'name is that of a product in the catalogue')
  assert.equal(message(21), 'name is in row 20 already')
})

test('SF-230 the corrected file can be sent again', async () => {
  const bad = await refused(csv('Again 1,d,C-1,1,1-a', 'Again 2,d,C-1,x,1-a'))
  assert.deepEqual(faults(bad), ['3 inventory'])
  assert.equal((await upload(csv('Again 1,d,C-1,1,1-a', 'Again 2,d,C-1,2,1-a'))).status, 201)
  assert.deepEqual(faults(await refused(csv('again 1,d,C-1,1,1-a', 'Again 3,d,C-1,2,1-a'))), ['2 name'])
})

test('SF-231 a name is free again once its product was removed, and that of a seller is no hindrance', async () => {
  const gone = await stockedProduct(server, { name: 'Gone' })
  await removeOffer(server.shop, gone.id, () => {})
  const seller = await signedUp(server, { isSeller: true })
  await stockedProduct(server, { name: 'Of a seller', sellerId: seller.accountId })
  assert.equal((await upload(csv('Gone,d,C-1,1,1-a', 'Of a seller,d,C-1,1,1-a'))).status, 201)
})

test('SF-234 only staff uploads products', async () => {
  const file = sheetForm(csv('Not mine,d,C-1,1,1-a'))
  const customer = await signedUp(server, { surface: 'storefront' })
  const answers = [
    await server.call('POST', URL, file),
    await server.call('POST', URL, { token: 'nonsense', ...file }),
    await server.call('POST', URL, { token: customer.access, ...file }),
  ]
  assert.deepEqual(
    answers.map(({ status, body }) => [status, body]),
    [
      [401, NO_CREDENTIALS],
      [401, BAD_TOKEN],
      [403, NOT_ALLOWED],
    ],
  )
})

test('SF-235 five hundred rows are taken in one request', async () => {
  const before = await countProducts()
  assert.equal((await upload([...manyRows(500, 'Five hundred')].join(''))).status, 201)
  assert.equal(await countProducts(), before + 500)
})

test('SF-236 names of columns are known in any case, and blank lines are no rows', async () => {
  const header = ' Name ,DESCRIPTION, Category_ID,  inventory,Price_Weights '
  const text = `\ufeff${header}\r\n\r\n"Odd\r\nheader",d,C-1,1,1-a\r\n , ,\r\n;Lines,d,C-1,1,1-a\r\n`
  assert.equal((await upload(text)).status, 201)
  assert.equal((await found('odd-header')).stock, 1)
  assert.equal((await upload('name;description;category_id;inventory;price_weights\nSemi;a,b;C-1;2;1,5-a')).status, 400)
  assert.equal((await upload('name;description;category_id;inventory;price_weights\nSemi;a,b;C-1;2;1.5-a')).status, 201)
  assert.equal((await found('semi')).description, 'a,b')
})

test('SF-225 the addresses of products are their names, and numbered where those are taken', async () => {
  await stockedProduct(server, { name: 'Same!', slug: 'same-2' })
  assert.equal(
    (
      await upload(
        csv('Same,d,C-1,1,1-a', 'Same?,d,C-1,1,1-a', 'Same 3,d,C-1,1,1-a', 'same.,d,C-1,1,1-a', 'Export,d,C-1,1,1-a'),
      )
    ).status,
    201,
  )
  const { rows } = await sql<{ name: string; slug: string }>`
    select name, slug from catalog.products where slug like 'same%' or slug like 'export%' order by id`.execute(
    server.shop.db,
  )
  assert.deepEqual(
    rows.map(({ name, slug }) => [name, slug]),
    [
      ['Same!', 'same-2'],
      ['Same', 'same'],
      ['Same?', 'same-4'],
      ['Same 3', 'same-3'],
      ['same.', 'same-5'],
      ['Export', 'export-2'],
    ],
  )
})

test('SF-231 a product that takes a name of the house later is told of it', async () => {
  assert.equal((await upload(csv('Mine first,d,C-1,1,1-a'))).status, 201)
  const other = await stockedProduct(server, { name: 'Other' })
  const context = { permit: () => {}, recordedBy: 1 }
  await assert.rejects(changeOffer(server.shop, other.id, { name: 'mine FIRST', isNameUnique: true }, context), {
    code: 'invalid_fields',
  })
})

test('V1-355 what comes in low has its alert, but nobody is sent a letter', async () => {
  assert.equal((await upload(csv('Low,d,C-1,1,1-a', 'None,d,C-1,0,1-a'))).status, 201)
  const product = await found('low')
  const { rows } = await sql<{ toldAt: Date | null }>`
    select told_at from inventory.alerts where product_id = ${product.id}`.execute(server.shop.db)
  assert.equal(rows.length, 1)
  assert.ok(rows[0]!.toldAt)
  await notifyLowStock(server.shop)
  await server.shop.runJobs()
  assert.deepEqual(server.shop.letters, [])
})
