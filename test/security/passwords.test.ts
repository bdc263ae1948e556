/** What a password may be, and that it alone opens: on every surface, through HTTP. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { after, before, beforeEach, test } from 'node:test'
import { signedUp } from '../accounts.ts'
import { mailedCode } from '../mailed-codes.ts'
import { registration as onMarketplace, registered, sentOtp } from '../marketplace.ts'
import { type Called, openTestServer, type TestServer } from '../server.ts'
import { linkTo, registration as onStorefront, verified } from '../storefront.ts'
import { doorsOf, knock, named, someAddress, tokensOf } from './doors.ts'

const HOUR_MS = 3_600_000
const THREE_YEARS_MS = 3 * 365 * 24 * HOUR_MS
const OTHER = 'eleven copper lamps'

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())
beforeEach(() => server.shop.pass(HOUR_MS + 60_000))

const post = (path: string, body: object, token?: string) =>
  server.call('POST', path, { body, headers: someAddress(), ...(token ? { token } : {}) })

let count = 0
function onV1(password: string) {
  count += 1
  const name = `chooser-${count}`
  return { email: `${name}@example.com`, username: name, password, first_name: 'Ida', last_name: 'Moor' }
}
const choose = (password: string) => post('/api/v1/auth/register/', onV1(password))
const textOf = ({ body }: Called) => JSON.stringify(body)

/** Wherever a password is chosen: each is a call with what is wanted, of somebody who may do it. */
const places: Record<string, (password: string) => Promise<Called>> = {
  'v1 registration': choose,
  'nexus registration': (password) =>
    post('/api/auth/register/', { ...onV1(password), username: undefined, password_confirm: password }),
  'marketplace registration': (password) => post('/accounts/register/', onMarketplace({ password })),
  'storefront registration': (password) => post('/api/users/register/', onStorefront({ password })),
  'v1 change': async (password) => change('/api/v1/auth/change-password/', password),
  'nexus change': async (password) => change('/api/auth/change-password/', password),
  'marketplace change': async (password) => change('/accounts/change-password/', password),
  'v1 reset': async (new_password) => {
    const { email } = await signedUp(server)
    await post('/api/v1/auth/password-reset/', { email })
    await server.shop.runJobs()
    const { text } = server.shop.letters.findLast(({ to }) => to === email)!
    const token = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(text)![0]
    return post('/api/v1/auth/password-reset/confirm/', { token, new_password })
  },
  'nexus reset': async (password) => {
    const { email } = await signedUp(server)
    await post('/api/auth/password-reset/', { email })
    const otp = await mailedCode(server, email)
    const fresh = { new_password: password, new_password_confirm: password }
    return post('/api/auth/password-reset/confirm/', { email, otp, ...fresh })
  },
  'marketplace reset': async (password) => {
    const { phone } = await registered(server)
    const { body } = await post('/accounts/verify-otp/', { phone, otp: await sentOtp(server, phone) })
    return post('/accounts/reset-password/', { phone, password, reset_token: body.data.reset_token })
  },
  'storefront reset': async (password) => {
    const { email } = await verified(server)
    await post('/api/users/password-reset/', { email })
    await server.shop.runJobs()
    const fresh = { new_password1: password, new_password2: password }
    return post('/api/users/password-reset/confirm/', { ...linkTo(server, email), ...fresh })
  },
}

async function change(path: string, new_password: string): Promise<Called> {
  const { access, password } = await signedUp(server)
  return post(path, { current_password: password, new_password, new_password_confirm: new_password }, access)
}

test('ASVS 6.2.1 a password of seven characters is refused wherever one is chosen, of eight is not', async () => {
  for (const [place, choosing] of Object.entries(places)) {
    // Four emoji are eight units of UTF-16, and four characters all the same.
    for (const short of ['xq7vbkw', '🫖🪔🧭🪡']) {
      const called = await choosing(short)
      assert.equal(called.status, 400, `${place}: ${textOf(called)}`)
      assert.match(textOf(called), /too short|at least 8|8 characters/i, place)
    }
    const called = await choosing('xq7vbkwz')
    assert.ok(called.status < 300, `${place}: ${textOf(called)}`)
  }
})

test('ASVS 6.2.4 6.2.12 the list holds more than 3000 that our rules would let pass, and each is refused', async () => {
  const { dictionary } = createRequire(import.meta.url)('@zxcvbn-ts/language-common')
  const list = dictionary['passwords-common'] as string[]
  const wouldPass = list.filter((password) => [...password].length >= 8 && !/^\d+$/.test(password))
  assert.ok(wouldPass.length > 3000, `${wouldPass.length}`)
  for (const password of wouldPass.filter((_, n) => n % 150 === 0)) {
    for (const spelled of [password, password.toUpperCase()])
      assert.match(textOf(await choose(spelled)), /too common/, spelled)
  }
  for (const [place, choosing] of Object.entries(places)) {
    const called = await choosing('password123')
    assert.equal(called.status, 400, place)
    assert.match(textOf(called), /common/i, place)
  }
})

test('ASVS 6.2.5 letters alone, blanks, signs of any script will do; digits alone will not, as documented', async () => {
  const fine = [
    'onlysmallletters',
    'ONLYCAPITALS',
    'two  blanks here',
    '!"§$%&/()=?',
    'пароль из слов',
    'सुरक्षित-शब्द',
    '🫖🕯🪔🧭🪡🧵🪢🪣',
  ]
  for (const password of fine) {
    const called = await choose(password)
    assert.equal(called.status, 201, `${password}: ${textOf(called)}`)
  }
  const called = await choose('83649205718')
  assert.deepEqual([called.status, called.body], [400, { password: ['This password is entirely numeric.'] }])
})

test('ASVS 6.2.8 another case, a blank more, or the first 72 characters are another password', async () => {
  const long = `Ünder ${'brass-lamp '.repeat(10)}`.padEnd(128, 'x')
  assert.equal([...long].length, 128)
  for (const password of [' Twelve brass lamps ', long]) {
    const user = await named(server, await signedUp(server, { password }))
    const others = [
      password.trim(),
      password.toUpperCase(),
      `${password} `,
      password.slice(0, -1),
      password.slice(0, 72),
    ]
    for (const [n, other] of [...others, password.normalize('NFD')].entries()) {
      if (other === password) continue
      // One door each: failures lock the account.
      const door = doorsOf(user)[n % doorsOf(user).length]!
      const called = await knock(server, door, other)
      assert.deepEqual(tokensOf(called), {}, `${door.where}: ${other}`)
      assert.ok([400, 401].includes(called.status), `${door.where} ${called.status}`)
      server.shop.pass(20 * 60_000)
    }
    for (const door of doorsOf(user)) {
      const { access } = tokensOf(await knock(server, door, password))
      assert.ok(access, `${door.where} takes it as it is`)
    }
  }
})

test('ASVS 6.2.9 64 characters of any script and 128 letters will do', async () => {
  for (const password of [
    'brass lamp of '.repeat(5).slice(0, 64),
    '🫖'.repeat(64),
    '🫖'.repeat(128),
    'xq7v'.repeat(32),
  ]) {
    for (const place of [
      'v1 registration',
      'nexus registration',
      'marketplace registration',
      'storefront registration',
    ]) {
      const called = await places[place]!(password)
      assert.equal(called.status, 201, `${place}: ${textOf(called)}`)
    }
    const user = await named(server, await signedUp(server, { password }))
    for (const door of doorsOf(user).slice(0, 4))
      assert.ok(tokensOf(await knock(server, door, password)).access, door.where)
  }
  assert.equal((await choose(`${'xq7v'.repeat(32)}x`)).status, 400)
})

test('ASVS 6.2.10 after three years the same password lets in', async () => {
  const user = await named(server)
  server.shop.pass(THREE_YEARS_MS)
  await server.shop.runJobs()
  for (const door of doorsOf(user)) {
    const called = await knock(server, door, user.password)
    assert.ok(tokensOf(called).access, door.where)
    assert.doesNotMatch(textOf(called), /expire[ds]? password|change your password/i)
  }
})

test('ASVS 6.2.11 a word of the shop with digits and signs around it is refused', async () => {
  for (const [place, choosing] of Object.entries(places)) {
    const called = await choosing('Storefront-2026!')
    assert.equal(called.status, 400, `${place}: ${textOf(called)}`)
    assert.match(textOf(called), /common/i, place)
  }
  for (const word of ['Souk2026!', '12marketplace34', 'N.e.x.u.s-77', 'ADMINISTRATOR']) {
    assert.match(textOf(await choose(word)), /too common/, word)
  }
  for (const password of ['shopping lists 7', OTHER]) assert.equal((await choose(password)).status, 201, password)
})
