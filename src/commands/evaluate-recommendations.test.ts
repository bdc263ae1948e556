import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { evaluateRecommendations, type TrialInteraction } from '#commerce/recommendations'
import { signedUp } from '../../test/accounts.ts'
import { stockedProduct } from '../../test/products.ts'
import { openTestShop, type TestShop } from '../../test/shop.ts'
import { readInteractions } from './interactions-file.ts'

let shop: TestShop
const folder = mkdtempSync(join(tmpdir(), 'souk-interactions-'))
before(async () => {
  shop = await openTestShop()
})
after(async () => {
  await shop.close()
  rmSync(folder, { recursive: true })
})

function write(name: string, lines: string[]): string {
  const path = join(folder, name)
  writeFileSync(path, lines.join('\n'))
  return path
}
async function read(path: string): Promise<TrialInteraction[]> {
  const all: TrialInteraction[] = []
  for await (const batch of readInteractions(path)) all.push(...batch)
  return all
}

/** Sixty people of three tastes of six things each, in any order; and one thing that all of them have first. */
function threeTastes(): string[] {
  const lines = ['userId,itemId,event,timestamp']
  for (let person = 0; person < 60; person += 1) {
    const taste = person % 3
    lines.push(`p${person},everybodys,view,1000`)
    for (let step = 0; step < 5; step += 1)
      lines.push(`p${person},t${taste}-${(person * 7 + step) % 6},view,${2000 + step}`)
  }
  return lines
}

const trials = async () =>
  (
    await sql<{
      name: string
    }>`select nspname as name from pg_namespace where nspname like 'recommendations\\_%'`.execute(shop.db)
  ).rows

test('MP-153 what people of a taste did next is found by item to item, and seldom by what is popular', async () => {
  const steps: string[] = []
  const evaluation = await evaluateRecommendations(
    shop,
    readInteractions(write('tastes.csv', threeTastes())),
    1,
    (step) => steps.push(step),
  )
  assert.deepEqual(evaluation.size, { people: 60, products: 19, interactions: 360 })
  assert.equal(evaluation.asked, 60)
  // Each knows four of the six, and the other two are as near.
  assert.ok(evaluation.itemToItem.hitRate >= 0.4, `${evaluation.itemToItem.hitRate}`)
  assert.ok(evaluation.popular.hitRate <= 0.25, `${evaluation.popular.hitRate}`)
  assert.ok(evaluation.itemToItem.ndcg <= evaluation.itemToItem.hitRate)
  assert.ok(steps.includes('learning') && steps.includes('looking'))
  assert.deepEqual(await trials(), [])
})

test('MP-153 without a file the interactions of the shop are used; of too few nothing is said', async () => {
  const none = await evaluateRecommendations(shop, undefined, 10)
  assert.equal(none.asked, 0)
  const [lamp, shade] = [await stockedProduct({ shop }), await stockedProduct({ shop })]
  for (let n = 0; n < 4; n += 1) {
    const { accountId } = await signedUp({ shop })
    for (const product of [lamp, shade])
      shop.trail.note({ happenedAt: shop.now(), kind: 'VIEW', accountId, productId: product.id })
    shop.pass(1000)
  }
  await shop.trail.flush()
  const { size, asked } = await evaluateRecommendations(shop, undefined, 10)
  assert.deepEqual(size, { people: 4, products: 2, interactions: 8 })
  assert.equal(asked, 4)
})

test('MP-153 files are read with and without names of columns, whatever separates them', async () => {
  const expected = [{ person: 1, product: 1, weight: 4, at: new Date(978_300_760_000) }]
  assert.deepEqual(await read(write('a.dat', ['u9::i7::4::978300760'])), expected)
  assert.deepEqual(await read(write('b.tsv', ['9\t7\t4\t978300760'])), expected)
  assert.deepEqual(await read(write('c.csv', ['timestamp,movieId,userId,rating', '978300760000,7,9,4.0'])), expected)
  assert.deepEqual(
    await read(write('d.csv', ['"user_id";"item_id";"stars";"date"', '9;7;4;2000-12-31T22:12:40Z'])),
    expected,
  )
  const kinds = await read(
    write('e.csv', ['visitorid,event,itemid', '1,view,1', '1,addtocart,2', '1,transaction,3', '2,wishlist,1']),
  )
  assert.deepEqual(
    kinds.map(({ weight }) => weight),
    [1, 3, 5, 2],
  )
  assert.ok(kinds[0]!.at < kinds[1]!.at)
  await assert.rejects(read(write('f.csv', ['user,item,rating,time', '1,2,3,yesterday'])), /Line 2 .* no time/)
  await assert.rejects(read(write('g.csv', ['user,item,rating,time', '1'])), /Line 2/)
  const picture = `\u0089PNG\0\x1b${'x'.repeat(5000)}`
  await assert.rejects(read(write('h.png', [picture])), /^Error: Line 1 of [\x20-\x7e\x80-\xff]{0,300}$/)
})
