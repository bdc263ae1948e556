/** Codes of six digits, and where randomness comes from. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { issueCode } from '#commerce/identity'
import { inTransaction } from '#platform/database'
import { signedUp } from '../accounts.ts'
import { mailedCode } from '../mailed-codes.ts'
import { openTestServer, type TestServer } from '../server.ts'
import { someAddress } from './doors.ts'

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())

const post = (path: string, body: object) => server.call('POST', path, { body, headers: someAddress() })

test('ASVS 6.5.4 codes are six digits of the whole range', async () => {
  const { shop } = server
  const { accountId } = await signedUp(server)
  const codes = await inTransaction(shop.db, async (tx) => {
    const made: string[] = []
    for (let n = 0; n < 1000; n += 1)
      made.push((await issueCode(tx, accountId, 'verify_email', shop.now(), shop.config)).code)
    return made
  })
  for (const code of codes) assert.match(code, /^\d{6}$/)
  assert.ok(new Set(codes).size > 985, 'hardly any comes twice')
  for (const digit of '0123456789') {
    const first = codes.filter((code) => code.startsWith(digit)).length
    assert.ok(first > 50 && first < 160, `${first} begin with ${digit}`)
  }
})

test('ASVS 6.5.3 nothing that guards an account draws from anything but the cryptographic source', () => {
  const sources = globSync('src/{commerce/{identity,cart,notifications},api}/**/*.ts').filter(
    (path) => !path.endsWith('.test.ts'),
  )
  assert.ok(sources.length > 150)
  for (const path of sources) {
    const text = readFileSync(path, 'utf8')
    assert.doesNotMatch(text, /Math\.random|pseudoRandom/, path)
    for (const [, from] of text.matchAll(/import [^;]*?\brandom\w*\b[^;]*? from '([^']+)'/g))
      assert.ok(['node:crypto', 'otpauth'].includes(from!) || from!.startsWith('.'), `${path} draws from ${from}`)
  }
})

test('ASVS 6.6.2 a code of another account, or of an earlier request, is refused, and the right one stays good', async () => {
  const [mine, theirs] = [await signedUp(server), await signedUp(server)]
  const codeFor = async (email: string) => {
    assert.equal((await post('/api/auth/password-reset/', { email })).status, 200)
    return mailedCode(server, email)
  }
  const earlier = await codeFor(mine.email)
  const [right, foreign] = [await codeFor(mine.email), await codeFor(theirs.email)]
  const reset = (otp: string) =>
    post('/api/auth/password-reset/confirm/', {
      email: mine.email,
      otp,
      new_password: 'eleven copper lamps',
      new_password_confirm: 'eleven copper lamps',
    })
  for (const otp of [earlier, foreign].filter((code) => code !== right)) assert.equal((await reset(otp)).status, 400)
  assert.equal((await reset(right)).status, 200)
})
