/** Google: what of it stays here, and whom it may not be mistaken for. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type GoogleDouble, openGoogleDouble, somebody } from '../google.ts'
import { openTestServer, type TestServer } from '../server.ts'

const PATH = '/api/auth/google/'

let double: GoogleDouble
let server: TestServer
before(async () => {
  double = await openGoogleDouble()
  server = await openTestServer(double.settings)
})
after(async () => {
  await server.close()
  await double.close()
})

/** Every row of every table, as text. */
async function everythingStored(): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(
    server.shop.db,
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{ text: string | null }>`
      select string_agg(one::text, ' ') as text from ${sql.raw(name)} one`.execute(server.shop.db)
    texts.push(rows[0]!.text ?? '')
  }
  return texts.join(' ')
}

test('ASVS 10.1.1 no answer and no table holds a token of Google', async () => {
  const secrets: string[] = []
  double.provider.service.on('beforeResponse', ({ body }: { body: Record<string, string> }) => {
    secrets.push(body.access_token!, body.id_token!, ...(body.refresh_token ? [body.refresh_token] : []))
  })
  const begun = await server.call('GET', `${PATH}login/`)
  const back = await double.signInThere(String(begun.headers.location), somebody())
  const cookie = String(begun.headers['set-cookie']).split(';')[0]!
  const called = await server.call('GET', `${PATH}callback/${back.search}`, { headers: { cookie } })
  assert.equal(called.status, 200, JSON.stringify(called.body))
  secrets.push(back.searchParams.get('code')!)
  assert.ok(secrets.length >= 3 && secrets.every((secret) => secret.length > 10), `${secrets.length}`)
  const stored = `${await everythingStored()} ${JSON.stringify(called.body)} ${JSON.stringify(called.headers)}`
  assert.ok(stored.includes(called.body.user.email), 'it was looked for in the right place')
  for (const secret of secrets) assert.ok(!stored.includes(secret), secret)
})

test('ASVS 6.8.1 the person of another provider is nobody here, though subject and address are the same', async () => {
  const person = somebody()
  const post = async (from: GoogleDouble) =>
    server.call('POST', PATH, { body: { id_token: await from.idToken(person) } })
  assert.equal((await post(double)).status, 200)
  const other = await openGoogleDouble()
  assert.equal((await post(other)).status, 401)
  await other.close()
})

test('ASVS 10.5.3 metadata that names another issuer is refused', async () => {
  const liar = await openGoogleDouble()
  const deceived = await openTestServer(liar.settings)
  liar.provider.issuer.url = double.url
  const called = await deceived.call('POST', PATH, { body: { id_token: await liar.idToken(somebody()) } })
  assert.equal(called.status, 503)
  assert.equal((await deceived.call('GET', `${PATH}login/`)).status, 503)
  await deceived.close()
  await liar.close()
})
