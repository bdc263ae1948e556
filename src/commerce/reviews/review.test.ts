import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listenToChanges } from '#platform/changes'
import { type Db, inTransaction } from '#platform/database'
import { openTestShop } from '../../../test/shop.ts'
import { noteReviewChange } from './note-review-change.ts'
import { displayNameOf } from './review.ts'

test('NX-006 of an author everybody is told the first name and the first letter of the last name', () => {
  const named = (firstName: string, lastName: string) => displayNameOf({ firstName, lastName })
  assert.equal(named('Ada', 'Lovelace'), 'Ada L.')
  assert.equal(named(' Ada ', ' lovelace '), 'Ada L.')
  assert.equal(named('李', '𠮷田'), '李 𠮷.')
  assert.equal(named('Ada', ''), 'Ada')
  assert.equal(named('', 'Lovelace'), 'L.')
  assert.equal(named(' ', ''), 'Anonymous')
})

test('NX-142 what becomes of approved reviews is told to who keeps copies, and nothing else is', async () => {
  const shop = await openTestShop()
  const told: string[][] = []
  listenToChanges(shop.db as Db, async (changes) => void told.push([...changes].sort()))
  const rating = ['product:7', 'products', 'reviews:7']
  for (const [before, after, expected] of [
    [undefined, 'pending', undefined],
    ['pending', 'rejected', undefined],
    ['rejected', undefined, undefined],
    [undefined, 'approved', rating],
    ['pending', 'approved', rating],
    ['approved', 'rejected', rating],
    ['approved', undefined, rating],
    ['approved', 'approved', ['reviews:7']],
  ] as const) {
    told.length = 0
    await inTransaction(shop.db, async (tx) => noteReviewChange(tx, 7, before, after))
    assert.deepEqual(told, expected === undefined ? [] : [expected], `${before} to ${after}`)
  }
  await shop.close()
})
