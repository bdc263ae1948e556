// What a production says while it opens goes to whoever collects its log.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openProcessShop, type ProcessShop } from './shop-process.ts'
import { startServing, until } from './souk-process.ts'

let home: ProcessShop
before(async () => {
  home = await openProcessShop({ NODE_ENV: 'production', PUBLIC_URL: 'https://shop.example.com' })
})
after(() => home.close())

test('a production says that it is open in one log line, and nothing beside its log', async () => {
  const souk = await startServing(home.settings)
  await until('it says that it is open', () => souk.output().includes('"open"'))
  const lines = souk.output().trim().split('\n')
  const open = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'open')
  assert.deepEqual(
    open.map(({ url }) => url),
    ['https://shop.example.com'],
  )
  souk.signal('SIGTERM')
  assert.equal((await souk.ended).code, 0)
})
