import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskContacts, maskSecrets } from './mask-secrets.ts'
import { maskText } from './mask-text.ts'

test('SF-417 what secret keys hold is masked at any depth, however they are spelled', () => {
  const secrets = [
    ...[
      'password',
      'new_password1',
      'new_password2',
      'token',
      'access',
      'refresh',
      'refresh_token',
      'verification_token',
    ],
    ...[
      'encrypted_verification_token',
      'secret',
      'signature',
      'razorpay_signature',
      'Authorization',
      'cvv',
      'card number',
    ],
    ...['card_number', 'cardNumber', 'API-Key', 'client_secret'],
  ]
  for (const key of secrets) {
    assert.deepEqual(maskSecrets({ a: [{ [key]: 'x', name: 'Asha' }] }), { a: [{ [key]: '***', name: 'Asha' }] }, key)
  }
})

test('SF-417 what is no secret stays as it is', () => {
  const harmless = { quantity: 2, accessory: 'case', tokens_left: 3, passage: 'x', cards: [1], note: null }
  assert.deepEqual(maskSecrets(harmless), harmless)
})

test('SF-507 of somebody who is not known no address and no telephone number is kept', () => {
  const sent = {
    login: 'asha@example.com',
    phone: '+91 98765 43210',
    note: 'ask x.y@z.co.in, please',
    pin: 'x',
    count: 7,
  }
  const kept = { login: '***', phone: '***', note: 'ask ***, please', pin: '***', count: 7 }
  assert.deepEqual(maskSecrets(sent, true), kept)
})

test('a long text that is nearly an address keeps nobody waiting', () => {
  const begun = performance.now()
  for (const text of ['x'.repeat(1_000_000), `${'x'.repeat(1_000_000)}@`, 'a@'.repeat(500_000), 'a.'.repeat(500_000)]) {
    maskContacts(text)
    maskText(text)
    maskText(`${text}://`)
  }
  // Without bounds it would be minutes.
  assert.ok(performance.now() - begun < 10_000)
})

test('SF-417 what is nested absurdly deep is masked, not walked', () => {
  let deep: unknown = 'password'
  for (let level = 0; level < 10_000; level += 1) deep = [deep]
  assert.match(JSON.stringify(maskSecrets(deep)), /\*\*\*/)
})
