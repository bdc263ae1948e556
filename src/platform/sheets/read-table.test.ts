import assert from 'node:assert/strict'
import { test } from 'node:test'
import { why } from '../../../test/refusals.ts'
import { inBatches, readSheet, readTable, spool, type TableColumns } from './index.ts'
import { asStream, collect, xlsxOf } from './test-sheets.ts'

const products = {
  required: ['name', 'inventory', 'price_weights'],
  optional: ['note'],
  rest: 'price_weights',
} as const
const tableOf = <const Name extends string>(contents: string | Buffer, columns: TableColumns<Name>) =>
  collect(readTable(readSheet(asStream(contents)), columns))
const valuesOf = async (contents: string | Buffer) =>
  (await tableOf(contents, products)).map(({ row, values }) => [row, ...Object.values(values)])

test('SF-236 header names match ignoring case, blanks and a byte order mark; others are left out', async () => {
  const text = '\ufeff Name ,colour,INVENTORY,\ufeffPrice_Weights\r\n\r\n Tea ,red,3,1-2\r\n'
  assert.deepEqual(await valuesOf(text), [[3, ' Tea ', '3', '1-2', '']])
})

test('SF-226 cells that are not quoted belong to the rest column like one that is', async () => {
  const header = 'name,inventory,price_weights\n'
  const expected = [[2, 'Tea', '3', '10-100g,20-200g', '']]
  assert.deepEqual(await valuesOf(`${header}Tea,3,"10-100g,20-200g"\n`), expected)
  assert.deepEqual(await valuesOf(`${header}Tea,3,10-100g,20-200g\n`), expected)
  assert.deepEqual(await valuesOf(`${header}Tea,3,10-100g,20-200g,,\n`), expected)
  assert.deepEqual(await valuesOf(`name,inventory,price_weights,,\nTea,3,10-100g,20-200g,\n`), expected)
  const text = ['Tea', '3', '10-100g', '20-200g'].map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')
  const names = products.required.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')
  assert.deepEqual(await valuesOf(await xlsxOf(`<row>${names}</row><row>${text}</row>`)), expected)
})

test('the rest column need not be the last: what a row has too many is its', async () => {
  const header = 'name,price_weights,note,inventory\n'
  assert.deepEqual(await valuesOf(`${header}Tea,"1-2,3-4",good,5\nOil,1-2,3-4,5-6,good,5\nNut,1-2\nRye,1-2,,7,,\n`), [
    [2, 'Tea', '5', '1-2,3-4', 'good'],
    [3, 'Oil', '5', '1-2,3-4,5-6', 'good'],
    [4, 'Nut', '', '1-2', ''],
    [5, 'Rye', '7', '1-2', ''],
  ])
})

test('filled cells beyond the header are counted where no column takes them', async () => {
  const rows = await tableOf('a,b\n1,2\n1,2, ,\n1,"2",3,,4\n', { required: ['a', 'b'] })
  assert.deepEqual(
    rows.map(({ extraCells, values }) => [values.a, values.b, extraCells]),
    [
      ['1', '2', 0],
      ['1', '2', 0],
      ['1', '2', 2],
    ],
  )
})

test('SF-232 a header without a required column, or with a known one twice, is refused', async () => {
  const missing = await tableOf('name;other\nTea;1\n', products).catch((error) => error)
  assert.equal(missing.code, 'column_missing')
  assert.deepEqual(missing.details.columns, ['inventory', 'price_weights'])
  assert.match(missing.message, /inventory, price_weights/)
  const twice = await tableOf('name,Inventory,price_weights,inventory \nTea,1,2,3\n', products).catch((error) => error)
  assert.equal(twice.code, 'column_twice')
  assert.equal(twice.details.column, 'inventory')
  assert.equal((await tableOf('name,inventory,price_weights,x,x\nTea,1,2\n', products)).length, 1)
})

test('SF-233 a table without rows is refused', async () => {
  assert.equal(await why(tableOf('name,inventory,price_weights\n\n,,\n', products)), 'sheet_no_rows')
  assert.equal(await why(tableOf('\n', products)), 'sheet_empty')
})

test('rows come in batches, each to be checked at once', async () => {
  const text = `a\n${Array.from({ length: 7 }, (_, index) => index).join('\n')}\n`
  const batches = await collect(inBatches(readTable(readSheet(asStream(text)), { required: ['a'] }), 3))
  assert.deepEqual(
    batches.map((batch) => batch.map(({ row }) => row)),
    [[2, 3, 4], [5, 6, 7], [8]],
  )
})

test('a whole file is checked before any of it is written: every bad row is told, and its column', async () => {
  const text = 'name,stock\nTea,3\n\n,4\nOil,many\n"Nut\nmix",\n'
  const { path, remove } = await spool(asStream(text), 1000)
  const columns = { required: ['name', 'stock'] } as const
  const problems: { row: number; column: string }[] = []
  let written = 0
  for await (const batch of inBatches(readTable(readSheet(path), columns), 2)) {
    for (const { row, values } of batch) {
      if (values.name === '') problems.push({ row, column: 'name' })
      if (!/^\d+$/.test(values.stock)) problems.push({ row, column: 'stock' })
    }
  }
  assert.deepEqual(problems, [
    { row: 4, column: 'name' },
    { row: 5, column: 'stock' },
    { row: 6, column: 'stock' },
  ])
  for await (const batch of inBatches(readTable(readSheet(path), columns), 2)) written += batch.length
  assert.equal(written, 4)
  await remove()
})
