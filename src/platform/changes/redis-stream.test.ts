import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { type CuttableLine, cuttableLine } from '../../../test/cuttable-line.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { openChangeFeed } from './change-feed.ts'
import { EVERYTHING, type Heard } from './heard.ts'
import { openStream } from './redis-stream.ts'

const url = process.env.REDIS_URL ?? ''
const silent = { debug() {}, info() {}, warn() {}, error() {} }
const closings: (() => unknown)[] = []
const until = async (isSo: () => boolean | Promise<boolean>) => {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await isSo()) return
    await sleep(20)
  }
  assert.fail('not within ten seconds')
}

describe('changes by Redis', { skip: !url && 'REDIS_URL is not set' }, () => {
  let key: string
  let redis: Redis
  before(() => {
    redis = new Redis(url, { db: 2 })
  })
  beforeEach(() => {
    key = `souk:test:${randomUUID()}`
  })
  after(async () => {
    for (const close of closings.reverse()) await close()
    for (const each of await redis.keys('souk:test:*')) await redis.del(each)
    redis.disconnect()
  })

  async function node(hears = true, at = url) {
    const heard: Heard[] = []
    const stream = await openStream({ url: at, key, hears, log: silent, onHeard: (each) => void heard.push(each) })
    closings.push(() => stream.close())
    return { ...stream, heard }
  }

  test('each node hears what any node added, once, before it goes on', async () => {
    const [one, other, worker] = [await node(), await node(), await node(false)]
    assert.equal(await one.readOn(), true)
    assert.equal(await one.add(new Set(['products', 'product:1'])), true)
    assert.equal(await worker.add(new Set(['brands'])), true)
    for (const each of [one, other]) {
      each.heard.length = 0
      assert.equal(await each.readOn(), true)
      assert.equal(await each.readOn(), true)
    }
    assert.deepEqual(other.heard, [new Set(['products', 'product:1']), new Set(['brands'])])
    assert.deepEqual(one.heard, other.heard)
    assert.equal(await worker.readOn(), false)
  })

  test('a node that starts has all others drop their copies', async () => {
    const one = await node()
    await one.readOn()
    one.heard.length = 0
    await node()
    await one.readOn()
    assert.deepEqual(one.heard, [EVERYTHING])
  })

  test('who comes while it is read waits for a reading that begins after', async () => {
    const one = await node()
    const early = one.readOn()
    await Promise.resolve()
    const [late, later] = [one.readOn(), one.readOn()]
    assert.notEqual(late, early)
    assert.equal(later, late, 'those who wait share one')
    assert.deepEqual(await Promise.all([early, late]), [true, true])
  })

  test('what was cut off from the stream before it was read counts as everything, and so does a stream that is gone', async () => {
    const one = await node()
    for (let n = 0; n < 1300; n += 1) await one.add(new Set([`product:${n}`]))
    one.heard.length = 0
    assert.equal(await one.readOn(), true)
    assert.deepEqual(one.heard, [EVERYTHING])
    await one.add(new Set(['brands']))
    await one.readOn()
    assert.deepEqual(one.heard.at(-1), new Set(['brands']))
    one.heard.length = 0
    await redis.del(key)
    assert.equal(await one.readOn(), true)
    assert.ok(one.heard.includes(EVERYTHING))
  })

  test('a Redis that does not answer is waited for once', async (t) => {
    const sockets: Socket[] = []
    const deaf = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1')
    await once(deaf, 'listening')
    t.after(() => {
      for (const socket of sockets) socket.destroy()
      deaf.close()
    })
    const one = await node(true, `redis://127.0.0.1:${(deaf.address() as AddressInfo).port}`)
    const begun = performance.now()
    for (let time = 0; time < 20; time += 1) {
      assert.equal(await one.readOn(), false)
      assert.equal(await one.add(new Set(['products'])), false)
    }
    assert.ok(performance.now() - begun < 1500)
  })

  describe('when the connection is cut', () => {
    let line: CuttableLine
    before(async () => {
      line = await cuttableLine(new URL(url))
    })
    after(() => line.cut())

    test('nothing is sure until it is back, and then everything may have changed', async () => {
      const [cutOff, other] = [await node(true, line.url), await node()]
      line.cut()
      assert.equal(await cutOff.readOn(), false)
      assert.equal(await cutOff.add(new Set(['products'])), false)
      assert.equal(cutOff.readOn(), false)
      await other.add(new Set(['brands']))
      cutOff.heard.length = 0
      await line.mend()
      await until(() => cutOff.readOn())
      assert.equal(cutOff.heard[0], EVERYTHING)
      other.heard.length = 0
      await other.readOn()
      assert.ok(other.heard.includes(EVERYTHING), 'others hear that it was away')
    })

    test('a node that is cut off from Redis alone tells the others by the database', async (t) => {
      const shop: TestShop = await openTestShop()
      t.after(() => shop.close())
      const open = async (redisUrl: string) => {
        const feed = await openChangeFeed({ db: shop.db, url: shop.databaseUrl, redisUrl, hears: true, log: silent })
        t.after(() => feed.close())
        return feed
      }
      t.after(() => redis.del(`souk:catalog:changes:${new URL(shop.databaseUrl).pathname.slice(1)}`))
      const [cutOff, other] = [await open(line.url), await open(url)]
      const heard: Heard[] = []
      other.hear((each) => void heard.push(each))
      line.cut()
      await cutOff.tell(new Set(['product:5']))
      await until(() => heard.length > 0)
      assert.deepEqual(heard, [new Set(['product:5'])])
      assert.equal(await cutOff.hasHeardAll(), false)
      assert.equal(await other.hasHeardAll(), true)
      await line.mend()
    })
  })
})
