/** What is kept of a session and of a token, as the documents have it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decodeJwt } from 'jose'
import { sql } from 'kysely'
import { inTransaction } from '#platform/database'
import { signedUp } from '../../../../test/accounts.ts'
import { openTestShop, type TestShop } from '../../../../test/shop.ts'
import { issueOneTimeToken } from '../index.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())

const rowsOf = async (table: 'sessions' | 'one_time_tokens', accountId: number) => {
  const { rows } = await sql<Record<string, unknown>>`
    select * from identity.${sql.raw(table)} where account_id = ${accountId}`.execute(shop.db)
  return rows
}

test('V1-160 a session keeps device, address and the ids of its tokens, is active, and goes with its user', async () => {
  const { accountId, access, refresh } = await signedUp({ shop }, { ip: '192.0.2.1', userAgent: 'curl/8.9.1' })
  const [session] = await rowsOf('sessions', accountId)
  const { id, refreshJti, accessJti, deviceInfo, ipAddress, endedAt, createdAt, lastActivityAt } = session!
  assert.deepEqual([id, accessJti, refreshJti], [decodeJwt(access).sid, decodeJwt(access).jti, decodeJwt(refresh).jti])
  assert.deepEqual([deviceInfo, ipAddress, endedAt], ['curl 8.9.1', '192.0.2.1', null])
  assert.ok(String(id).length <= 40 && createdAt instanceof Date)
  assert.deepEqual(lastActivityAt, createdAt)
  await sql`delete from identity.accounts where id = ${accountId}`.execute(shop.db)
  assert.deepEqual(await rowsOf('sessions', accountId), [])
})

test('V1-161 a verification token is a UUID that is good for 24 hours, unused, and goes with its user', async () => {
  const { accountId } = await signedUp({ shop })
  const token = await inTransaction(shop.db, (tx) => issueOneTimeToken(tx, accountId, 'verify_email', shop.now()))
  assert.match(token, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const [kept] = await rowsOf('one_time_tokens', accountId)
  assert.equal((kept!.expiresAt as Date).getTime() - (kept!.createdAt as Date).getTime(), 24 * 3_600_000)
  assert.equal(kept!.usedAt, null)
  await sql`delete from identity.accounts where id = ${accountId}`.execute(shop.db)
  assert.deepEqual(await rowsOf('one_time_tokens', accountId), [])
})
