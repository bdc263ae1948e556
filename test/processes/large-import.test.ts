// A large file in one request, to a server that has little memory: SOUK_IMPORT_ROWS=100000 for as many as are promised.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { staffMember } from '../accounts.ts'
import { manyRows, openCategory, sheetForm } from '../sheets.ts'
import { openProcessShop, type ProcessShop } from './shop-process.ts'
import { onThisMachine, startServing } from './souk-process.ts'

const ROWS = Number(process.env.SOUK_IMPORT_ROWS ?? 20_000)
/** Far less than a hundred thousand rows take. */
const HEAP_MIB = 96
const GROWTH_MAX = 200e6
const HEALTH_WITHIN_MS = 500

let home: ProcessShop
before(async () => {
  home = await openProcessShop()
  await openCategory(home.shop)
})
after(() => home.close())

const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024

test(`SF-235 ${ROWS} rows in one request: memory does not grow with them, and others are answered meanwhile`, async () => {
  const { access: token } = await staffMember(home, { surface: 'storefront' })
  const souk = await startServing(home.settings, ['--no-worker'], { nodeOptions: [`--max-old-space-size=${HEAP_MIB}`] })
  const before = residentBytes(souk.pid)
  let [peak, slowest, isOver] = [0, 0, false]
  const watch = (async () => {
    while (!isOver) {
      const asked = performance.now()
      assert.equal((await fetch(`${souk.url}/api/health/`)).status, 200)
      slowest = Math.max(slowest, performance.now() - asked)
      peak = Math.max(peak, residentBytes(souk.pid))
      await sleep(50)
    }
  })()
  const { body, headers } = sheetForm([...manyRows(ROWS)].join(''))
  const answer = await fetch(`${souk.url}/api/products/bulk-upload/`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${token}` },
    body: new Uint8Array(body),
  }).finally(() => {
    isOver = true
  })
  await watch
  assert.equal(answer.status, 201, await answer.clone().text())
  const { rows } = await sql<{ count: number }>`select count(*) from catalog.products`.execute(home.shop.db)
  assert.equal(rows[0]!.count, ROWS)
  assert.ok(peak - before < GROWTH_MAX, `it grew by ${Math.round((peak - before) / 1e6)} MB`)
  assert.ok(slowest < onThisMachine(HEALTH_WITHIN_MS), `another request took ${Math.round(slowest)} ms`)
  souk.signal('SIGTERM')
  assert.equal((await souk.ended).code, 0)
})
