/**
 * Two nodes on one database, with Redis between them: whoever has the answer to a change finds it on every node.
 * `SOUK_RACE_SECONDS=60 SOUK_RACERS=32` is the long run.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { listenToChanges, openChangeFeed } from '#platform/changes'
import { type Db, openDatabase } from '#platform/database'
import type { Server } from '../../src/api/http/server.ts'
import { buildServer } from '../../src/api/index.ts'
import { renameProduct, setStock } from '../changes.ts'
import { type CuttableLine, cuttableLine } from '../cuttable-line.ts'
import { type StockedProduct, stockedProduct } from '../products.ts'
import { openTestShop, type TestShop } from '../shop.ts'

const SECONDS = Number(process.env.SOUK_RACE_SECONDS ?? 10)
const RACERS = Number(process.env.SOUK_RACERS ?? 16)
const PRODUCTS = 8
const LIST = '/api/v1/products/'
const redisUrl = process.env.REDIS_URL ?? ''

type Node = { db: Db; server: Server }

describe('NX-142 on several nodes with Redis', { skip: !redisUrl && 'REDIS_URL is not set' }, () => {
  let shop: TestShop
  let line: CuttableLine
  const nodes: Node[] = []
  const products: StockedProduct[] = []
  const closings: (() => unknown)[] = []
  before(async () => {
    shop = await openTestShop()
    line = await cuttableLine(new URL(redisUrl))
    for (let n = 0; n < PRODUCTS; n += 1) products.push(await stockedProduct({ shop }))
    // The second node reaches Redis by a way that a test can cut.
    for (const url of [redisUrl, line.url]) nodes.push(await openNode(url))
  })
  after(async () => {
    for (const close of closings.reverse()) await close()
    line.cut()
    const redis = new Redis(redisUrl, { db: 2 })
    await redis.del(`souk:catalog:changes:${new URL(shop.databaseUrl).pathname.slice(1)}`)
    redis.disconnect()
    await shop.close()
  })

  async function openNode(url: string): Promise<Node> {
    const db = openDatabase({ url: shop.databaseUrl, poolSize: 16 })
    const log = { ...shop.log, warn: () => {}, info: () => {} }
    const changes = await openChangeFeed({ db, url: shop.databaseUrl, redisUrl: url, hears: true, log })
    listenToChanges(db, changes.tell)
    const server = await buildServer({ ...shop, db, log, changes })
    closings.push(
      () => db.destroy(),
      () => changes.close(),
      () => server.close(),
    )
    return { db, server }
  }
  const read = async ({ server }: Node, url: string) => {
    const answer = await server.inject(url)
    return { body: answer.json(), isKept: /\b0 statements/.test(String(answer.headers['server-timing'])) }
  }
  const any = <Each>(of: Each[]) => of[Math.floor(Math.random() * of.length)]!

  test('a change on one node shows at the next read of the other, which was answered from its cache before', async () => {
    const [one, other] = nodes as [Node, Node]
    const { id } = products[0]!
    for (const node of nodes) {
      // The first one may yet be dropped by the news that the other node has started.
      for (let time = 0; time < 2; time += 1) await read(node, `${LIST}${id}/`)
      assert.equal((await read(node, `${LIST}${id}/`)).isKept, true)
    }
    await renameProduct(one.db, id, 'Renamed')
    assert.equal((await read(other, `${LIST}${id}/`)).body.name, 'Renamed')
    assert.equal((await read(other, `${LIST}${id}/`)).isKept, true)
    await setStock(other.db, products[0]!.variantId, 5, id)
    assert.equal((await read(one, LIST)).body.results.at(-1).stock, 5)
  })

  test(`${RACERS} writers and ${RACERS} readers on both for ${SECONDS} s: nobody reads less than was answered`, async () => {
    const promised = new Map(products.map(({ id }) => [id, 0]))
    const endsAt = Date.now() + SECONDS * 1000
    const counts = { writes: 0, reads: 0, kept: 0 }
    let version = 0
    // One at a time changes a product; they still meet in the stream, and in the lists.
    const turns = new Map<number, Promise<void>>()
    const write = async () => {
      while (Date.now() < endsAt) {
        const { id, variantId } = any(products)
        const turn = (turns.get(id) ?? Promise.resolve()).then(async () => {
          version += 1
          const next = version
          await setStock(any(nodes).db, variantId, next, id)
          promised.set(id, next)
        })
        turns.set(id, turn)
        await turn
        counts.writes += 1
        await sleep(Math.random() * 60)
      }
    }
    const readOn = async () => {
      while (Date.now() < endsAt) {
        const { id } = any(products)
        const url = Math.random() < 0.3 ? LIST : `${LIST}${id}/`
        const least = promised.get(id)!
        const { body, isKept } = await read(any(nodes), url)
        const shown = url === LIST ? body.results.find((each: { id: number }) => each.id === id).stock : body.stock
        assert.ok(shown >= least, `${url} shows ${shown} of product ${id} after ${least} was answered; kept: ${isKept}`)
        counts.reads += 1
        counts.kept += Number(isKept)
      }
    }
    await Promise.all(Array.from({ length: RACERS }, () => [write(), readOn()]).flat())
    assert.ok(counts.writes > RACERS && counts.kept > RACERS, JSON.stringify(counts))
  })

  test('a node that is cut off from Redis answers without its cache, its changes are seen by others, and it comes back', async () => {
    const [other, cutOff] = nodes as [Node, Node]
    const { id, variantId } = products[1]!
    const page = `${LIST}${id}/`
    for (const node of nodes) await read(node, page)
    line.cut()
    await setStock(other.db, variantId, 1_000_001, id)
    for (let time = 0; time < 3; time += 1) {
      const { body, isKept } = await read(cutOff, page)
      assert.deepEqual([body.stock, isKept], [1_000_001, false])
    }
    await read(other, page)
    await setStock(cutOff.db, variantId, 1_000_002, id)
    // It can only tell by the database, which does not wait for those who listen.
    for (let tries = 0; tries < 100 && (await read(other, page)).body.stock !== 1_000_002; tries += 1) await sleep(10)
    assert.equal((await read(other, page)).body.stock, 1_000_002)
    await line.mend()
    for (let tries = 0; tries < 500 && !(await read(cutOff, page)).isKept; tries += 1) await sleep(20)
    assert.equal((await read(cutOff, page)).isKept, true)
    await setStock(other.db, variantId, 1_000_003, id)
    assert.equal((await read(cutOff, page)).body.stock, 1_000_003)
  })
})
