// Files of products that are refused as a whole, or from some row on.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { staffMember } from '../../../test/accounts.ts'
import { form } from '../../../test/forms.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'
import { csv, HEADER, openCategory, sheetForm } from '../../../test/sheets.ts'

const URL = '/api/products/bulk-upload/'
let server: TestServer
let token: string

before(async () => {
  server = await openTestServer()
  token = (await staffMember(server, { surface: 'storefront' })).access
  await openCategory(server.shop)
})
after(() => server.close())

async function countProducts(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from catalog.products`.execute(server.shop.db)
  return rows[0]!.count
}

/** What the sheet is refused with; nothing of it is saved. */
async function refused(content: string | Uint8Array): Promise<Called['body']> {
  const before = await countProducts()
  const { status, body } = await server.call('POST', URL, { token, ...sheetForm(content) })
  assert.equal(status, 400, JSON.stringify(body))
  assert.equal(await countProducts(), before, 'something was saved')
  return body
}

const faults = (body: Called['body']) =>
  body.errors.map(({ row, field }: { row: number; field: string }) => `${row} ${field}`)

test('SF-229 more than a thousand errors are counted, and the first thousand told', async () => {
  const body = await refused(csv(...Array.from({ length: 1200 }, (_, row) => `Bad ${row},d,C-1,x,1-a`)))
  assert.equal(body.errors.length, 1000)
  assert.match(body.error, /Row 1001\b.*1200 errors in all/)
})

test('SF-232 a column that is missing is named', async () => {
  const body = await refused('name,description,inventory\nA,b,1')
  assert.match(body.error, /category_id, price_weights/)
  assert.match(
    (await refused('name,name,description,category_id,inventory,price_weights\nA,A,b,1,1,1-a')).error,
    /name twice/,
  )
})

test('SF-233 what is no sheet of products is refused in a sentence', async () => {
  for (const [content, words] of [
    ['', /empty/],
    ['\n \n', /empty/],
    [HEADER, /no rows/],
    [`${HEADER}\n,,,,\n`, /no rows/],
    [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 1]), /neither a CSV nor/],
    [Buffer.from('PK\x03\x04 not a zip'), /damaged|neither/],
  ] as const) {
    const { error } = await refused(content)
    assert.match(error, words)
  }
  for (const sent of [
    form({}),
    form({ file: 'text' }),
    form({}, { name: 'other', fileName: 'a.csv', content: csv('A,d,C-1,1,1-a') }),
  ]) {
    const { status, body } = await server.call('POST', URL, { token, ...sent })
    assert.deepEqual([status, typeof body.error], [400, 'string'], JSON.stringify(body))
  }
  assert.equal((await server.call('POST', URL, { token })).status, 400)
  assert.equal((await server.call('POST', URL, { token, body: {} })).status, 400)
})

test('SF-231 what cannot be read from some row on is an error of that row, beside those before it', async () => {
  assert.deepEqual(faults(await refused(csv('A,d,C-1,x,1-a', 'B,"d,C-1,1,1-a'))), ['2 inventory', '3 file'])
  const long = `${csv('A,d,C-1,x,1-a')}\n${'B,d,C-1,1,1-a\n'.repeat(9000)}`
  const broken = Buffer.concat([Buffer.from(long), Buffer.from([0x42, 0x2c, 0xff, 0xfe, 0x2c])])
  const { errors } = await refused(broken)
  assert.deepEqual([errors[0].field, errors[1].message], ['inventory', 'name is in row 3 already'])
  const last = await refused(Buffer.concat([Buffer.from(csv('A,d,C-1,x,1-a\nB,')), Buffer.from([0xff, 0xfe])]))
  assert.match(last.error, /UTF-8/)
})
