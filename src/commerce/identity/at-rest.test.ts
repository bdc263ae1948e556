import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import { logIn, post, registered, sentOtp } from '../../../test/marketplace.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())

/** The tables in which some row holds this text, letters and messages that were sent apart. */
async function tablesHolding(text: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema', 'jobs')
      and (table_schema, table_name) not in (('platform', 'letters'), ('platform', 'text_messages'))`.execute(
    server.shop.db,
  )
  const holding: string[] = []
  for (const { name } of rows) {
    const found = await sql`select from ${sql.raw(name)} as held where held::text like ${`%${text}%`} limit 1`.execute(
      server.shop.db,
    )
    if (found.rows.length > 0) holding.push(name)
  }
  return holding
}

test('MP-206 no table holds a password, a code, a token, or the secret of a second factor as it is', async () => {
  const customer = await registered(server, { password: 'Sturdy-Kettle-4711' })
  assert.deepEqual(await tablesHolding('Sturdy-Kettle-4711'), [])
  const code = await sentOtp(server, customer.phone)
  assert.ok(!(await tablesHolding(code)).some((table) => table.startsWith('identity.')))
  const user = await signedUp(server)
  await server.call('POST', '/api/v1/auth/password-reset/', { body: { email: user.email } })
  await server.shop.runJobs()
  const letter = server.shop.letters.findLast(({ to }) => to === user.email)
  const [token] = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/.exec(letter!.text) ?? assert.fail('no link was mailed')
  assert.deepEqual(await tablesHolding(token!), [])
  const { access } = await logIn(server, customer)
  const { data } = (await post(server, '2fa/setup', {}, undefined, access)).body
  assert.match(data.secret, /^[A-Z2-7]{16,}$/)
  assert.deepEqual(await tablesHolding(data.secret), [])
  for (const held of [user.access, user.refresh]) assert.deepEqual(await tablesHolding(held), [])
})
