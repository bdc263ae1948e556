/** Registration on the marketplace, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedUp } from '../../../test/accounts.ts'
import {
  assertErr,
  assertOk,
  INVALID,
  logIn,
  post,
  registered,
  registration,
  someAddress,
  TOO_MANY,
} from '../../../test/marketplace.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const DAY_MS = 86_400_000

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())

const register = (body: unknown, headers?: Record<string, string>) => post(server, 'register', body, headers)

test('MP-020 MP-001 MP-023 registration answers 201 with an active user, without hash and tokens', async () => {
  const called = await register(registration({ phone: '+1 (555) 010-0001', date_of_birth: '1990-04-05' }))
  assertOk(called, 201, 'Registration successful.')
  const { id, date_joined, ...user } = called.body.data
  assert.ok(Number.isInteger(id) && date_joined.endsWith('Z'))
  assert.deepEqual(user, {
    phone: '+15550100001',
    email: null,
    first_name: 'Mira',
    last_name: 'Keeper',
    date_of_birth: '1990-04-05',
    user_type: 'CUSTOMER',
    is_active: true,
    last_login: null,
  })
  assert.doesNotMatch(JSON.stringify(called.body), /token|argon|hash|password/)
})

test('MP-021 MP-010 all faults are told together, a taken phone and a weak password among them', async () => {
  const { phone } = await registered(server)
  const spaced = `${phone.slice(0, 5)} ${phone.slice(5)}`
  const tomorrow = new Date(server.shop.now().getTime() + DAY_MS).toISOString().slice(0, 10)
  const body = { phone: spaced, password: '1234567', last_name: ' ', date_of_birth: tomorrow, email: 'nobody' }
  assertErr(await register(body), 400, INVALID, {
    phone: ['A user with this phone number already exists.'],
    password: [
      'This password is too short. It must contain at least 8 characters.',
      'This password is too common.',
      'This password is entirely numeric.',
    ],
    first_name: ['This field is required.'],
    last_name: ['This field may not be blank.'],
    date_of_birth: ['This date lies in the future.'],
    email: ['Enter a valid email address.'],
  })
  for (const [field, value, text] of [
    ['phone', '12345', 'Enter a valid phone number.'],
    ['phone', '1234567890123456', 'Enter a valid phone number.'],
    ['phone', 5, 'Not a valid string.'],
    ['date_of_birth', '1990-02-30', 'Date has wrong format. Use YYYY-MM-DD.'],
    ['password', 'Mira-Keeper', 'The password is too similar to the first name.'],
    ['user_type', 'OWNER', '"OWNER" is not a valid choice.'],
  ] as const) {
    const { status, body: answer } = await register(registration({ [field]: value }))
    assert.deepEqual([status, Object.keys(answer.details)], [400, [field]], JSON.stringify(answer))
    if (field !== 'password') assert.deepEqual(answer.details[field], [text])
  }
  assertErr(await register([]), 400, 'Invalid data. Expected a dictionary.', {
    non_field_errors: ['Invalid data. Expected a dictionary.'],
  })
})

test('MP-022 MP-007 nobody registers as an ADMIN, anybody as a SELLER, and powers cannot be sent along', async () => {
  assertErr(await register(registration({ user_type: 'ADMIN' })), 400, INVALID, {
    user_type: ['Administrator accounts cannot be self-registered.'],
  })
  const seller = await register(registration({ user_type: 'SELLER', is_staff: true, is_superuser: true, id: 1 }))
  assert.deepEqual([seller.status, seller.body.data.user_type], [201, 'SELLER'])
  assert.notEqual(seller.body.data.id, 1)
  const staff = await signedUp(server, { isStaff: true, isSeller: true, phone: '+15550109999' })
  const { body } = await server.call('GET', '/accounts/profile/', { token: staff.access })
  assert.equal(body.data.user_type, 'ADMIN')
})

test('MP-022 sellers are refused where the shop is not open to them', async () => {
  const closed = await openTestServer({ MARKETPLACE_OPEN_SELLER_SIGNUP: 'false' })
  try {
    assertErr(await post(closed, 'register', registration({ user_type: 'SELLER' })), 400, INVALID, {
      user_type: ['Seller accounts cannot be self-registered.'],
    })
    assert.equal((await post(closed, 'register', registration({ user_type: 'CUSTOMER' }))).status, 201)
  } finally {
    await closed.close()
  }
})

test('MP-023 an e-mail is taken unverified and written to; the phone is a name to sign in with', async () => {
  const customer = await registered(server, { email: 'Mira.Keeper@Example.com' })
  await server.shop.runJobs()
  assert.deepEqual(
    server.shop.letters.map(({ to }) => to),
    ['mira.keeper@example.com'],
  )
  await logIn(server, { ...customer, phone: customer.phone.replace('+1555', '+1 (555) ') })
  assertErr(await register(registration({ email: 'MIRA.keeper@example.com' })), 400, INVALID, {
    email: ['A user with this email already exists.'],
  })
})

test('MP-010 text that looks like HTML is stored and returned as it was sent', async () => {
  const name = '<script>alert("x")</script> & Co'
  const { body } = await register(registration({ first_name: name, last_name: `O'Brien; drop table --` }))
  assert.deepEqual([body.data.first_name, body.data.last_name], [name, `O'Brien; drop table --`])
})

test('MP-009 the eleventh registration of an address within an hour is refused, wrong ones count', async () => {
  const from = someAddress()
  for (let n = 0; n < 10; n += 1)
    assert.equal((await register(n % 2 ? registration() : {}, from)).status, n % 2 ? 201 : 400)
  const refused = await register(registration(), from)
  assertErr(refused, 429, TOO_MANY)
  assert.ok(Number(refused.headers['retry-after']) > 3500)
  assert.equal((await register(registration())).status, 201, 'another address')
})

test('MP-021 of ten who register one phone at once, one gets it', async () => {
  const body = registration()
  const called = await Promise.all(Array.from({ length: 10 }, () => register(body)))
  assert.equal(called.filter(({ status }) => status === 201).length, 1)
  for (const each of called.filter(({ status }) => status !== 201))
    assertErr(each, 400, INVALID, { phone: ['A user with this phone number already exists.'] })
})
