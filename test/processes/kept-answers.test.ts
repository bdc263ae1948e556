// A serving shop keeps its answers; other processes change what they show.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listenToChanges, openChangeFeed } from '#platform/changes'
import { renameProduct } from '../changes.ts'
import { type StockedProduct, stockedProduct } from '../products.ts'
import { openProcessShop, type ProcessShop } from './shop-process.ts'
import { call, runSouk, type SoukProcess, startServing, until } from './souk-process.ts'

let home: ProcessShop
let souk: SoukProcess
let product: StockedProduct
before(async () => {
  home = await openProcessShop()
  product = await stockedProduct(home)
  souk = await startServing(home.settings)
})
after(async () => {
  souk.signal('SIGTERM')
  await souk.ended
  await home.close()
})

/** How many statements an answer took, as the server tells in development. */
const statementsOf = async (path: string) => {
  const answer = await fetch(souk.url + path)
  await answer.arrayBuffer()
  return Number(/"(\d+) statements/.exec(answer.headers.get('server-timing') ?? '')?.[1])
}

test('MP-200 warm-up has a serving shop keep what everybody will ask for', async () => {
  const { code, output, errors } = await runSouk(['warm-up'], { ...home.settings, PUBLIC_URL: souk.url })
  assert.deepEqual([code, errors], [0, ''])
  assert.match(output, /^Warm: asked 16 addresses in \d+ ms\.$/m)
  const others = ['/api/catalog/products/', '/api/products/', '/api/categories/ordered/']
  for (const path of ['/api/v1/products/', '/api/v1/categories/?tree=true', '/api/v1/brands/', ...others])
    assert.equal(await statementsOf(path), 0, path)
})

test('warm-up says what does not answer, and asks nobody but the shop', async () => {
  const gone = await runSouk(['warm-up', '--url', 'http://127.0.0.1:9'], home.settings)
  assert.equal(gone.code, 1)
  assert.match(gone.errors, /^http:\/\/127\.0\.0\.1:9\/api\/v1\/products\/: .*ECONNREFUSED/)
  for (const url of ['http://shop.example.com', 'https://8.8.8.8/', 'nonsense', 'file:///etc/passwd']) {
    const { code, errors } = await runSouk(['warm-up', '--url', url], home.settings)
    assert.equal(code, 1)
    assert.match(errors, /^--url wants a node of this shop/)
  }
})

test('NX-142 what a process beside the server changes is seen at once', async (t) => {
  const { db, databaseUrl: url, log } = home.shop
  const feed = await openChangeFeed({ db, url, redisUrl: undefined, hears: false, log })
  t.after(() => feed.close())
  listenToChanges(db, feed.tell)
  const path = `/api/v1/products/${product.id}/`
  for (let time = 0; time < 2; time += 1) await call(souk.url + path)
  assert.equal(await statementsOf(path), 0)
  await renameProduct(db, product.id, 'Renamed beside it')
  await until('it shows', async () => (await call(souk.url + path)).body.name === 'Renamed beside it', 2000)
})

test('a command that may have changed anything has the server forget what it kept', async () => {
  await call(`${souk.url}/api/v1/brands/`)
  assert.equal(await statementsOf('/api/v1/brands/'), 0)
  assert.equal((await runSouk(['migrate'], home.settings)).code, 0)
  await until('it is read anew', async () => (await statementsOf('/api/v1/brands/')) > 0, 2000)
})
