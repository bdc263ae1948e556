import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertAnswer, type Link, linkTo, logIn, NOT_ALLOWED, registered, verified } from '../../../test/storefront.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const VERIFIED = {
  message: 'Email verified successfully!',
  detail: 'Your account has been activated and email verified.',
}
const WRONG = { error: 'Invalid or expired verification link.' }
const verify = (query: Partial<Link>) => server.call('GET', `/api/users/email-verify/?${new URLSearchParams(query)}`)
const verifyByPath = ({ uid, token }: Link) => server.call('GET', `/api/users/email-verify/${uid}/${token}/`)

test('SF-080 SF-086 the link of the mail verifies, once', async () => {
  const { link, username, password } = await registered(server)
  assertAnswer(await verify(link), 200, VERIFIED)
  assertAnswer(await verify(link), 400, WRONG)
  assert.equal((await logIn(server, username, password)).status, 200)
})

test('SF-081 SF-083 the old form in the path, and the uid of the bare number, do the same', async () => {
  const { link, username, password } = await registered(server)
  const bare = Buffer.from(Buffer.from(link.uid, 'base64url').toString().slice(1)).toString('base64url')
  assertAnswer(await verifyByPath({ uid: bare, token: link.token }), 200, VERIFIED)
  assert.equal((await logIn(server, username, password)).status, 200)
  const second = await registered(server)
  assertAnswer(await verifyByPath(second.link), 200, VERIFIED)
  const long = await registered(server, { email: `${'l'.repeat(64)}@${'example.'.repeat(20)}com` })
  assertAnswer(await verifyByPath(long.link), 200, VERIFIED)
  assert.ok(long.link.token.length < 280, `${long.link.token.length} characters of 300`)
  const third = await registered(server)
  const id = Buffer.from(third.link.uid, 'base64url').toString().slice(1)
  assertAnswer(await verify({ ...third.link, uid: Buffer.from(id).toString('base64') }), 200, VERIFIED)
})

test('SF-084 whatever is wrong with a link is 400, and nothing is used up', async () => {
  const { link, username, password } = await registered(server)
  const other = await registered(server)
  const { uid, token } = link
  const wrong: Partial<Link>[] = [
    {},
    { uid },
    { token },
    { uid: '', token: '' },
    { uid: '%%%', token },
    { uid: Buffer.from('u999999999').toString('base64url'), token },
    { uid: Buffer.from('u99999999999999999999').toString('base64url'), token },
    { uid, token: 'nonsense' },
    { uid, token: `${token.slice(0, -3)}AAA` },
    { uid, token: other.link.token },
    { uid: other.link.uid, token },
  ]
  for (const query of wrong) assertAnswer(await verify(query), 400, WRONG)
  const twice = await server.call('GET', `/api/users/email-verify/?uid=${uid}&uid=x&token=${token}`)
  assert.deepEqual([twice.status, typeof twice.body.error], [400, 'string'])
  assert.equal((await logIn(server, username, password)).status, 403)
  assertAnswer(await verify(link), 200, VERIFIED)
})

test('SF-084 SF-085 a link is encrypted, says nothing to others, and expires after 24 hours', async () => {
  const { link, username, password, email } = await registered(server)
  assert.match(link.token, /^[\w.~-]+$/, 'it fits into an address')
  const readable = link.token.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'))
  assert.ok(!readable.some((part) => part.includes('verify_email') || part.includes(email)))
  server.shop.pass(24 * 3_600_000 - 60_000)
  const late = await registered(server)
  server.shop.pass(61_000)
  assertAnswer(await verify(link), 400, WRONG)
  assert.equal((await logIn(server, username, password)).status, 403)
  assertAnswer(await verify(late.link), 200, VERIFIED)
})

test('SF-079 SF-087 the tokens of other things verify nothing', async () => {
  const { link, username, password, email } = await registered(server)
  const { encrypted_verification_token, verification_token } = (await logIn(server, username, password)).body
  await server.call('POST', '/api/users/password_reset/', { body: { email } })
  await server.shop.runJobs()
  const reset = linkTo(server, email)
  assert.equal(reset.uid, link.uid)
  for (const token of [encrypted_verification_token, verification_token, reset.token])
    assertAnswer(await verify({ uid: link.uid, token }), 400, WRONG)
  assert.equal((await logIn(server, username, password)).status, 403)
})

test('SF-086 of twenty who use a link at once one succeeds', async () => {
  const { link } = await registered(server)
  const called = await Promise.all(Array.from({ length: 20 }, () => verify(link)))
  assert.deepEqual(called.map(({ status }) => status).sort(), [200, ...Array(19).fill(400)])
})

test('SF-086 of many links of one account, used at once, one succeeds', async () => {
  const { link, username, password, email } = await registered(server)
  const { verification_token: token } = (await logIn(server, username, password)).body
  const links = [link]
  for (let n = 0; n < 2; n += 1) {
    await server.call('POST', '/api/users/resend-verification-email/', { token })
    links.push(linkTo(server, email))
  }
  assert.equal(new Set(links.map((one) => one.token)).size, 3)
  const called = await Promise.all([...links, ...links].map(verify))
  assert.deepEqual(called.map(({ status }) => status).sort(), [200, ...Array(5).fill(400)])
})

test('SF-085 V1-022 a link proves the address that it was mailed to, and no other', async () => {
  const { link, email } = await registered(server)
  const move = (to: string, from: string) =>
    sql`update identity.accounts set email = ${to} where email = ${from}`.execute(server.shop.db)
  await move('somebody.else@example.com', email)
  assertAnswer(await verify(link), 400, WRONG)
  await move(email, 'somebody.else@example.com')
  assertAnswer(await verify(link), 200, VERIFIED)
})

test('SF-088 after it login gives tokens, and the earlier verification token still opens nothing', async () => {
  const { link, username, password } = await registered(server)
  const { verification_token: token } = (await logIn(server, username, password)).body
  await verify(link)
  assertAnswer(await server.call('GET', '/api/users/user-profile/', { token }), 403, NOT_ALLOWED)
  assert.equal((await logIn(server, username, password)).status, 200)
})

test('SF-084 who was switched off, or is verified, is verified by no link', async () => {
  const { email } = await verified(server)
  assertAnswer(await verify(linkTo(server, email)), 400, WRONG)
})
