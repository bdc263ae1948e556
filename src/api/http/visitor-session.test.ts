import assert from 'node:assert/strict'
import { test } from 'node:test'
import { visitorSession } from './visitor-session.ts'

const SECRET_KEY = 'the secret of a test, long enough'
const HERE = { PUBLIC_URL: 'http://127.0.0.1:8000', SECURE_COOKIES: 'auto', SECRET_KEY } as const
const THERE = { ...HERE, PUBLIC_URL: 'https://shop.example' }

test('SF-023 a guest without the cookie gets one with a name that nobody guesses', () => {
  const [one, other] = [visitorSession({}, HERE), visitorSession({}, HERE)]
  assert.match(one.setCookie!, /^visitor=[\w-]{22}\.[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax$/)
  assert.ok(one.setCookie!.startsWith(`visitor=${one.visitorId}.`))
  assert.notEqual(one.visitorId, other.visitorId)
  assert.match(visitorSession({}, THERE).setCookie!, /^__Host-visitor=.*; Secure$/)
})

test('SF-504 cookies are for TLS alone where the shop is reached by it, or as it is said', () => {
  assert.match(visitorSession({}, { ...HERE, SECURE_COOKIES: 'always' }).setCookie!, /^__Host-visitor=.*; Secure$/)
  assert.doesNotMatch(visitorSession({}, { ...THERE, SECURE_COOKIES: 'never' }).setCookie!, /Secure/)
})

test('SF-023 the cookie that came tells whose visit it is, also beside a token; what is none is replaced', () => {
  const { visitorId, setCookie } = visitorSession({}, HERE)
  const given = setCookie!.split(';')[0]
  const cookie = `theme=dark; ${given}`
  assert.deepEqual(visitorSession({ cookie }, HERE), { visitorId, setCookie: undefined })
  assert.deepEqual(visitorSession({ cookie, authorization: 'Bearer x' }, HERE), { visitorId, setCookie: undefined })
  for (const odd of [
    'visitor=',
    'visitor=short',
    `visitors=${visitorId}`,
    `visitor=${'<'.repeat(22)}`,
    `visitor=${visitorId}.${visitorId}`,
  ])
    assert.ok(visitorSession({ cookie: odd }, HERE).setCookie, odd)
  assert.deepEqual(visitorSession({ authorization: 'Bearer x' }, HERE), { visitorId: undefined, setCookie: undefined })
})
