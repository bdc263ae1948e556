import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { describePayments, paymentModes } from './config/payment-modes.ts'
import { readConfig, variables, warningsOf } from './config.ts'

const kept = { DATA_DIRECTORY: 'var/test', SECRET_KEY: 'a test key that signs nothing of value' }

test('V1-165 V1-166 sessions and limits have the defaults of the document', () => {
  const config = readConfig(kept)
  const defaults = {
    MAX_SESSIONS_PER_USER: 5,
    SESSION_EXPIRE_DAYS: 30,
    AUTO_CLEANUP_SESSIONS: true,
    LOG_SESSION_ACTIVITIES: true,
    FORCE_LOGOUT_ON_SUSPICIOUS_ACTIVITY: true,
    LOGIN_IP_MAX_ATTEMPTS: 5,
    LOGIN_USER_MAX_ATTEMPTS: 3,
    REGISTER_IP_MAX_ATTEMPTS: 10,
    EMAIL_VERIFICATION_MAX_ATTEMPTS: 10,
  }
  for (const [name, value] of Object.entries(defaults)) assert.equal(config[name as keyof typeof defaults], value, name)
})

test('V1-167 the template of the environment names every variable', () => {
  const template = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  for (const name of Object.keys(variables)) assert.match(template, new RegExp(`^#? ?${name}=`, 'm'), name)
})

test('what cannot be meant is told by its name, all of it together', () => {
  const wrong = { ...kept, PORT: 'x', THROTTLE_USER: '10/fortnight', LOG_LEVEL: 'loud', AUTO_CLEANUP_SESSIONS: 'maybe' }
  assert.throws(() => readConfig(wrong), /PORT .*THROTTLE_USER .*LOG_LEVEL .*AUTO_CLEANUP_SESSIONS /)
})

test('a storage for files is taken in the shape of FILES_URL alone, and its secret is not repeated', () => {
  const good = [
    's3://KEY:S%2Fecret+1@127.0.0.1:9000/souk?region=eu&tls=false',
    's3://k:s@s3.eu-west-1.amazonaws.com/b/',
  ]
  for (const FILES_URL of good) assert.equal(readConfig({ ...kept, FILES_URL }).FILES_URL, FILES_URL)
  const bad = [
    'https://shop.example',
    's3://host/bucket',
    's3://k:geheim@host',
    's3://k:ge/heim@host/b',
    's3://k:s@h/b/c',
  ]
  for (const FILES_URL of bad)
    assert.throws(() => readConfig({ ...kept, FILES_URL }), /^(?!.*heim).*FILES_URL must look like s3:/, FILES_URL)
})

test('a rate is kept as it is written; without one production has the usual ones, and others none', () => {
  const rates = ({ THROTTLE_ANON, THROTTLE_USER }: ReturnType<typeof readConfig>) => [THROTTLE_ANON, THROTTLE_USER]
  const production = {
    ...kept,
    NODE_ENV: 'production',
    DATABASE_URL: 'postgres://127.0.0.1/souk',
    PUBLIC_URL: 'https://shop.example.com',
  }
  assert.deepEqual(rates(readConfig(kept)), ['off', 'off'])
  assert.deepEqual(rates(readConfig(production)), ['100/hour', '1000/hour'])
  assert.deepEqual(rates(readConfig({ ...production, THROTTLE_ANON: 'off', THROTTLE_USER: '5 / s' })), ['off', '5 / s'])
})

test('V1-179 a production that can hardly be meant is told what is missing', () => {
  const secrets = { SECRET_KEY: 'k3yf0r-t3sts-0nly-w1th-m4ny-ch4r4ct3rs', DATABASE_URL: 'postgres://localhost/shop' }
  const warnings = warningsOf(readConfig({ NODE_ENV: 'production', ...secrets }))
  assert.deepEqual(
    warnings.map((warning) => warning.split(' ')[0]),
    ['PAYMENT_MODE', 'PAYMENT_WEBHOOK_SECRET', 'SHIPPING_WEBHOOK_SECRET', 'SMTP_URL', 'PUBLIC_URL'],
  )
  assert.deepEqual(warningsOf(readConfig({ NODE_ENV: 'testing', SECRET_KEY: 'x' })), [])
})

test('V1-331 SF-502 providers with keys are live, those without simulated, or refused where nothing may be simulated', () => {
  const keys = {
    STRIPE_SECRET_KEY: 'sk_test_1',
    RAZORPAY_KEY_ID: 'rzp_test_1',
    RAZORPAY_KEY_SECRET: 'x',
    PAYPAL_CLIENT_ID: 'c',
    PAYPAL_CLIENT_SECRET: 'x',
  }
  const said = (settings: object) => describePayments(readConfig({ ...kept, ...settings }))
  assert.equal(said({}), 'stripe simulated, paypal simulated, razorpay simulated')
  assert.equal(said(keys), 'stripe live, paypal live, razorpay live')
  assert.equal(said({ ...keys, PAYMENT_MODE: 'sandbox' }), 'stripe simulated, paypal simulated, razorpay simulated')
  const some = { STRIPE_SECRET_KEY: 'sk_test_1', PAYMENT_MODE: 'live' }
  assert.equal(said(some), 'stripe live, paypal refused, razorpay refused')
  assert.match(
    warningsOf(readConfig({ ...kept, ...some })).join(),
    /keys are missing: no payments by paypal, razorpay$/,
  )
  assert.match(warningsOf(readConfig({ ...kept, ...keys })).join(), /^PAYPAL_WEBHOOK_ID is not set/)
  assert.throws(
    () => readConfig({ ...kept, PAYPAL_CLIENT_ID: 'c', RAZORPAY_KEY_SECRET: 'geheim' }),
    /^(?!.*geheim).*PAYPAL_CLIENT_ID and PAYPAL_CLIENT_SECRET belong together; RAZORPAY_KEY_ID and/,
  )
})

test('the shop’s own gateway takes no payments where real money is taken in its place', () => {
  const builtin = (settings: object) => paymentModes(readConfig({ ...kept, ...settings })).builtin
  assert.equal(builtin({ STRIPE_SECRET_KEY: 'sk_test_1' }), 'simulated')
  assert.equal(builtin({ RAZORPAY_KEY_ID: 'rzp_test_1', RAZORPAY_KEY_SECRET: 'x' }), 'refused')
  assert.equal(builtin({ PAYMENT_MODE: 'live' }), 'refused')
})
