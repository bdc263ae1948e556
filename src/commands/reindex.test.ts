import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { ALIAS, openOpenSearchDouble } from '../../test/opensearch-double.ts'
import { fillShelf } from '../../test/shelf.ts'
import { openTestShop } from '../../test/shop.ts'

test('V1-443 the command builds the index, and says so where there is none to build', async (context) => {
  const double = await openOpenSearchDouble()
  const shop = await openTestShop()
  context.after(() => Promise.all([shop.close(), double.close()]))
  await fillShelf({ shop })
  const run = async (settings: Record<string, string>) => {
    const env = { ...process.env, DATABASE_URL: shop.databaseUrl, LOG_LEVEL: 'error', ...settings }
    const child = spawn(process.execPath, ['src/main.ts', 'reindex'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    const [code] = await once(child, 'close')
    return { code, said }
  }
  assert.deepEqual(await run({ SEARCH_URL: double.url }), {
    code: 0,
    said: 'The index of the search engine is built: 4 products.\n',
  })
  assert.equal(double.aliases.get(ALIAS)?.size, 1)
  const { code, said } = await run({ SEARCH_URL: '' })
  assert.equal(code, 1)
  assert.match(said, /SEARCH_URL is not set/)
})
