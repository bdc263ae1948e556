/** The row types are those of the database that the migrations make. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { generateTables } from '../scripts/generate-tables.ts'
import { openTestShop } from './shop.ts'

test('tables.ts of every module says what the database says', async () => {
  const shop = await openTestShop()
  const generated = await generateTables(shop.databaseUrl).finally(() => shop.close())
  assert.ok(generated.size >= 10)
  for (const [file, text] of generated) {
    const known = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
    assert.equal(known, text, `${file} is not up to date: run \`npm run tables\` and commit it`)
  }
})
