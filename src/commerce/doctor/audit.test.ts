/** The audit trail is only added to, and doctor sees where somebody did otherwise (MP-205). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { noteAuditHead } from '#commerce/audit'
import { examine } from '#commerce/doctor'
import { type Cause, causedBy, type Db, inTransaction, openDatabase } from '#platform/database'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { runOn } from '../../../test/template.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())

const cause: Cause = { requestId: 'r-1', route: 'command test', isAudited: true, actor: 'operator', ip: '192.0.2.1' }
let count = 0
/** A change that is noted: a brand. */
const change = (db: Db = shop.db, wait = 0) =>
  causedBy(cause, () =>
    inTransaction(db, async (tx) => {
      count += 1
      await sql`insert into catalog.brands (name, slug) values (${`Brand ${count}`}, ${`brand-${count}`})`.execute(tx)
      if (wait > 0) await sql`select pg_sleep(${wait})`.execute(tx)
    }),
  )
const faultsIn = async (): Promise<string[]> => (await examine(shop.db)).broken.flatMap(({ faults }) => faults)

test('MP-205 the trail is tied together, whoever writes at once, and doctor finds it sound', async () => {
  for (let at = 0; at < 3; at += 1) await change()
  await Promise.all(Array.from({ length: 40 }, () => change()))
  const { rows } = await sql<{ links: number; last: number }>`
    select count(*)::int as links, max(sequence)::int as last from audit.links`.execute(shop.db)
  assert.deepEqual(rows, [{ links: 43, last: 43 }])
  assert.deepEqual(await faultsIn(), [])
})

test('MP-205 all that one transaction changes is one link, and what it takes back is in none', async () => {
  await causedBy(cause, () =>
    inTransaction(shop.db, async (tx) => {
      await sql`update catalog.brands set website = 'https://a.example' where id <= 3`.execute(tx)
      await sql`savepoint here`.execute(tx)
      await sql`update catalog.brands set website = 'https://b.example' where id <= 3`.execute(tx)
      await sql`rollback to savepoint here`.execute(tx)
      await sql`update catalog.brands set website = 'https://c.example' where id <= 2`.execute(tx)
    }),
  )
  const { rows } = await sql<{ entries: number }>`
    select count(*)::int as entries from audit.entries join audit.links using (deed) where sequence = 44`.execute(
    shop.db,
  )
  assert.deepEqual(rows, [{ entries: 5 }])
  assert.deepEqual(await faultsIn(), [])
})

test('MP-205 whoever writes waits for nobody whose transaction goes on', async () => {
  const slow = openDatabase({ url: shop.databaseUrl })
  const long = change(slow, 1)
  const begun = performance.now()
  await change()
  assert.ok(performance.now() - begun < 800, 'it was committed meanwhile')
  await long
  await slow.destroy()
  assert.deepEqual(await faultsIn(), [])
})

test('MP-205 nothing of it can be changed or taken out', async () => {
  for (const deed of [
    sql`update audit.entries set actor_id = 1`,
    sql`update audit.entries set before = '{}'`,
    sql`update audit.entries set values_salt = null`,
    sql`delete from audit.entries`,
    sql`update audit.links set hash = ''`,
    sql`delete from audit.links`,
    sql`truncate audit.entries, audit.links`,
  ])
    await assert.rejects(
      inTransaction(shop.db, (tx) => deed.execute(tx)),
      /the audit trail is only added to/,
    )
})

/** What somebody might do who owns the database, and what doctor says. */
const tamperings: [string, RegExp][] = [
  [`update audit.entries set after = '{"name": "Nothing of mine"}' where id = 3`, /entry 3 .*tells of other values/],
  [`update audit.entries set ip = '198.51.100.1' where id = 3`, /entry 3 .*tells of another address/],
  [`update audit.entries set actor_id = 7 where id = 3`, /link 3 of entries 3: they are not what was written/],
  [`update audit.entries set happened_at = happened_at - interval '1 day' where id = 3`, /link 3 of entries 3/],
  [
    `update audit.entries set after = '{}', values_digest = audit.digest_of_values(values_salt, null, '{}') where id = 3`,
    /link 3 of entries 3: they are not what was written/,
  ],
  ['delete from audit.entries where id = 3', /link 3 of entries that there are not: they are gone/],
  ['delete from audit.links where sequence = 3; delete from audit.entries where id = 3', /links before it are gone/],
  ['delete from audit.links where sequence = 3', /entry 3 is in no link/],
  ['delete from audit.links where sequence = 1; delete from audit.entries where id = 1', /links before it are gone/],
  [
    `update audit.links set hash = sha256('') where sequence = 3`,
    /link 4 of entries \d+: they are not what was written/,
  ],
]
for (const [tampering, said] of tamperings) {
  test(`MP-205 doctor notices: ${tampering}`, async () => {
    await runOn(shop.databaseUrl, async (client) => {
      await client.query(
        'create schema kept; create table kept.entries as table audit.entries; create table kept.links as table audit.links',
      )
      await client.query(`set session_replication_role = replica; ${tampering}`)
    })
    const faults = await faultsIn()
    await runOn(shop.databaseUrl, async (client) => {
      await client.query(`set session_replication_role = replica; delete from audit.links; delete from audit.entries;
        insert into audit.entries overriding system value select * from kept.entries;
        insert into audit.links select * from kept.links; drop schema kept cascade`)
    })
    assert.match(faults.join('\n'), said)
    assert.deepEqual(await faultsIn(), [])
  })
}

test('MP-205 where the trail ends is told to the log, which is kept elsewhere', async () => {
  const told: object[] = []
  await noteAuditHead({ ...shop, log: { ...shop.log, info: (fields) => void told.push(fields) } })
  const [head] = told as { links: number; hash: string }[]
  assert.equal(head!.links, 46)
  assert.match(head!.hash, /^[\da-f]{64}$/)
})
