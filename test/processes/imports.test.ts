// Files of products at the command line, and imports whose process is killed in the middle.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { findImport, purgeImports } from '#commerce/assortment'
import { type SignedUp, staffMember } from '../accounts.ts'
import { type HeldSku, holdSku } from '../held-sku.ts'
import { type StockedProduct, stockedProduct } from '../products.ts'
import { csv, openCategory, sheetForm } from '../sheets.ts'
import { openProcessShop, type ProcessShop } from './shop-process.ts'
import { call, type Ended, runSouk, spawnSouk, startServing, until } from './souk-process.ts'

const ROWS = 1200
let home: ProcessShop
let other: StockedProduct
let staff: SignedUp
before(async () => {
  home = await openProcessShop()
  await openCategory(home.shop)
  other = await stockedProduct(home, { name: 'Other' })
  staff = await staffMember(home)
})
after(() => home.close())

function fileOf(name: string, content: string): string {
  const path = join(home.settings.DATA_DIRECTORY!, name)
  writeFileSync(path, content)
  return path
}

/** A sheet of which a row near the end wants a held article number. */
const heldSheet = (name: string): string =>
  [
    'name,description,category_id,inventory,sku,price_weights',
    ...Array.from({ length: ROWS }, (_, row) => `${name} ${row},d,C-1,1,${row === ROWS - 2 ? `${name}-SKU` : ''},1-a`),
  ].join('\n')

const hold = (name: string): Promise<HeldSku> => holdSku(home.shop.databaseUrl, other.id, `${name}-SKU`)

async function count(name: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from catalog.products where name like ${name} || ' %'`.execute(home.shop.db)
  return rows[0]!.count
}

const souk = (...args: string[]): Promise<Ended> => runSouk(args, home.settings)

test('souk import brings in a file, and says so; a dry run only checks it', async () => {
  const path = fileOf('good.csv', csv('Told 1,d,C-1,5,"1-a,2-b"', 'Told 2,d,C-1,5,1-a'))
  const dry = await souk('import', path, '--dry-run')
  assert.deepEqual([dry.code, dry.output], [0, `Nothing is wrong with ${path}: 2 rows.\n`], dry.errors)
  assert.equal(await count('Told'), 0)
  const done = await souk('import', path)
  assert.deepEqual([done.code, done.output], [0, '2 products were imported.\n'], done.errors)
  assert.match(done.errors, /importing\s+\d+ %/)
  assert.equal(await count('Told'), 2)
})

test('SF-231 souk import prints every error, and ends with 1', async () => {
  const bad = await souk('import', fileOf('bad.csv', csv('Told 1,d,C-1,x,1-a', 'Bad 2,d,C-9,5,1-a')))
  assert.equal(bad.code, 1)
  const lines = bad.output
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s{2,}/))
  assert.deepEqual(lines.slice(0, -1), [
    ['Row', 'Column', 'What is wrong'],
    ['2', 'inventory', 'inventory is no whole number'],
    ['2', 'name', 'name is that of a product in the catalogue'],
    ['3', 'category_id', 'category_id "C-9" is not that of a category'],
  ])
  assert.match(lines.at(-1)![0]!, /^Nothing of .*bad\.csv was imported: 3 errors\.$/)
  for (const [args, words] of [
    [['import'], /Say which file/],
    [['import', join(home.settings.DATA_DIRECTORY!, 'none.csv')], /ENOENT|no such file/],
    [['import', fileOf('empty.csv', '')], /Nothing of .* was imported: the file is empty\./],
    [['export'], /Say to which file/],
    [['export', 'products.pdf'], /ends neither in \.csv nor in \.xlsx/],
  ] as const) {
    const ended = await souk(...args)
    assert.equal(ended.code, 1)
    assert.match(ended.errors, words)
  }
})

test('souk export writes all products to a file that souk import reads', async () => {
  for (const name of ['all.csv', 'all.xlsx']) {
    const path = join(home.settings.DATA_DIRECTORY!, name)
    const { code, output, errors } = await souk('export', path)
    assert.deepEqual([code, output], [0, `3 products were written to ${path}.\n`], errors)
    const again = await souk('import', path, '--dry-run')
    assert.match(again.output, /name is that of a product in the catalogue/)
  }
  assert.match(
    readFileSync(join(home.settings.DATA_DIRECTORY!, 'all.csv'), 'utf8'),
    /^\ufeffname,description,category_id/,
  )
})

test('SF-230 of an import that is killed in the middle nothing is left, and the file can be sent again', async () => {
  const { shop, settings } = home
  const path = fileOf('killed.csv', heldSheet('Killed'))
  const held = await hold('Killed')
  const killed = spawnSouk(['import', path], settings)
  await until('the import waits', () => held.isWantedNow(), 60_000)
  killed.signal('SIGKILL')
  assert.equal((await killed.ended).signal, 'SIGKILL')
  await held.letGo()
  assert.equal(await count('Killed'), 0)
  const again = await souk('import', path)
  assert.deepEqual([again.code, again.output], [0, `${ROWS} products were imported.\n`], again.errors)
  assert.equal(await count('Killed'), ROWS)
  shop.pass(3_600_000)
  await purgeImports(shop)
  const { rows } = await sql<{ status: string }>`select distinct status from assortment.imports`.execute(shop.db)
  assert.deepEqual(rows.map(({ status }) => status).sort(), ['done', 'failed', 'refused'])
  assert.equal((await sql`select from assortment.import_rows`.execute(shop.db)).rows.length, 0)
  assert.equal((await souk('doctor')).code, 0)
})

test('an import whose worker is killed is written by the next one, once', async () => {
  const { shop, settings } = home
  const held = await hold('Handed')
  const first = await startServing(settings)
  const { body, headers } = sheetForm(heldSheet('Handed'))
  const sent = await fetch(`${first.url}/api/v1/products/imports/`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${staff.access}` },
    body: new Uint8Array(body),
  })
  assert.equal(sent.status, 202, await sent.clone().text())
  const { id } = (await sent.json()) as { id: number }
  await until('the import waits', () => held.isWantedNow(), 60_000)
  first.signal('SIGKILL')
  await first.ended
  assert.equal(await count('Handed'), 0)
  await held.letGo()
  const second = await startServing(settings)
  await until('it is written', async () => (await findImport(shop.db, id))!.status === 'done', 60_000)
  assert.equal(await count('Handed'), ROWS)
  const asked = await call(`${second.url}/api/v1/products/imports/${id}/`, { token: staff.access })
  assert.deepEqual([asked.body.status, asked.body.rows_written], ['done', ROWS])
  second.signal('SIGTERM')
  assert.equal((await second.ended).code, 0)
  assert.equal((await souk('doctor')).code, 0)
})
