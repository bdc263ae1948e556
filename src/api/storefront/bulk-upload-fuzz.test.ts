/** Files that are damaged, or full of odd cells: each is answered, none with 5xx, and nothing of them is left lying about. */
import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { sql } from 'kysely'
import { examine } from '#commerce/doctor'
import { writeXlsx } from '#platform/sheets'
import { staffMember } from '../../../test/accounts.ts'
import { openTestServer } from '../../../test/server.ts'
import { openCategory, sheetForm } from '../../../test/sheets.ts'
import { dice, ownTemporaryDirectory } from '../../platform/sheets/test-sheets.ts'

const FILES = Number(process.env.SOUK_FUZZ_UPLOADS ?? 400)
const temporary = ownTemporaryDirectory()

const COLUMNS =
  'name,description,category_id,inventory,slug,sku,price,compare_at_price,discount_percent,currency,weight_grams,brand,short_description,tags,image_urls,image_texts,specifications,is_active,is_featured,is_best_seller,is_flash_sale,flash_sale_ends_at,low_stock_threshold,created_at,variants,price_weights'.split(
    ',',
  )
const ODD = [
  '',
  ' ',
  '-',
  '0',
  '-0',
  '1e9',
  '99999999999999999999',
  '0.005',
  'NaN',
  '\u202e',
  '\ud83e\uddf5'.repeat(200),
  '=1+1',
  "'",
  '"',
  'a"b',
  '[]',
  '["a","b"]',
  '{"a":{"b":[1,null]}}',
  '{"__proto__":{"a":1},"constructor":1}',
  `${'['.repeat(3000)}`,
  '"\\u0000"',
  '{"a":"\\ud800"}',
  '[{"price":"1.00","attributes":{"__proto__":"x"},"sku":"s"}]',
  '[{"price":1e400},{"price":null,"inventory":-1,"is_implicit":"x"}]',
  '[{"sku":{},"name":[],"price":{},"weight_grams":{},"attributes":7}]',
  '1-a,2-b,3-c',
  '1-a,1-a',
  '1--a',
  '%00',
  'https://a.example/1 https://a.example/2',
  'javascript:alert(1)',
  '2026-01-01',
  '2026-13-45T99:99:99Z',
  '275760-09-13',
  'TRUE',
  'yes',
  'USD',
  'JPY',
  'XYZ',
  'x'.repeat(40_000),
  "'; drop table catalog.products; --",
  'Ω≈ç√∫˜µ≤≥÷',
  '../../etc/passwd',
]

/** Few cells are odd in most rows: what is at fault is told at the check, what is not is written. */
function oddRow(throws: (below: number) => number, row: number): string[] {
  const oneIn = [8, 30, 100][throws(3)]!
  return COLUMNS.map((column) => {
    if (throws(oneIn) === 0) return ODD[throws(ODD.length)]!
    if (column === 'name') return `Odd ${row} ${throws(1e6)}`
    if (column === 'description') return 'd'
    if (column === 'category_id') return 'C-1'
    if (column === 'inventory') return String(throws(100))
    return column === 'price_weights' ? '1-a' : ''
  })
}

const toCsv = (rows: string[][]): Buffer =>
  Buffer.from(
    [COLUMNS, ...rows].map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n'),
  )

function damage(bytes: Buffer, throws: (below: number) => number): Buffer {
  let changed = Buffer.from(bytes)
  for (let count = throws(2) * throws(4); count > 0; count -= 1) {
    const at = throws(changed.length + 1)
    const junk = Buffer.from(Array.from({ length: throws(20) }, () => throws(256)))
    const rest = changed.subarray(Math.min(changed.length, at + throws(30)))
    changed = throws(5) === 0 ? changed.subarray(0, at) : Buffer.concat([changed.subarray(0, at), junk, rest])
  }
  return changed
}

test('SF-233 odd and damaged files are answered, never with 5xx, and nothing grows', async () => {
  const server = await openTestServer({ LOG_LEVEL: 'silent' })
  try {
    const { access: token } = await staffMember(server, { surface: 'storefront' })
    await openCategory(server.shop)
    const statuses: Record<number, number> = {}
    for (let file = 1; file <= FILES; file += 1) {
      const throws = dice(file)
      const rows = Array.from({ length: 1 + throws(4) }, (_, row) => oddRow(throws, row))
      const whole = file % 4 === 0 ? await buffer(writeXlsx([COLUMNS, ...rows])) : toCsv(rows)
      const content = damage(whole, throws)
      const { statusCode, body } = await server.server.inject({
        method: 'POST',
        url: '/api/products/bulk-upload/',
        headers: { authorization: `Bearer ${token}`, ...sheetForm('').headers },
        payload: sheetForm(content).body,
      })
      assert.ok(statusCode < 500, `file ${file}: ${statusCode} ${body}\n${content.toString('latin1').slice(0, 2000)}`)
      statuses[statusCode] = (statuses[statusCode] ?? 0) + 1
    }
    assert.ok(statuses[201]! > FILES / 20 && statuses[400]! > FILES / 2, JSON.stringify(statuses))
    assert.deepEqual(temporary.left(), [])
    const { rows } = await sql<{ rows: number; open: number }>`
      select (select count(*) from assortment.import_rows) as rows,
        (select count(*) from assortment.imports where ended_at is null) as open`.execute(server.shop.db)
    assert.deepEqual(rows, [{ rows: 0, open: 0 }])
    assert.deepEqual((await examine(server.shop.db)).broken, [])
  } finally {
    await server.close()
  }
})
