import assert from 'node:assert/strict'
import { test } from 'node:test'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import { explainRefusal } from './explain-refusal.ts'

const explained = (what: string, error: unknown) => (explainRefusal(what, error) as Error).message

test('a field at fault is said in words, several of them in one sentence', () => {
  const fields = { email: 'email_taken', username: ['username_invalid'], phone: { code: 'unheard_of' } }
  assert.equal(
    explained('eve was not made an administrator', invalidFields(fields)),
    'eve was not made an administrator: an account with this e-mail exists; ' +
      'a username has only letters, digits and the characters @ . + - _; phone: unheard_of.',
  )
})

test('the reason goes on in the middle of the sentence', () => {
  const refusal = new Refusal('conflict', 'shop_not_empty', 'The shop has products or orders')
  assert.equal(
    explained('The sample shop is loaded into an empty database only', refusal),
    'The sample shop is loaded into an empty database only: the shop has products or orders.',
  )
})

test('what is no refusal stays what it is', () => {
  const bug = new TypeError('no')
  assert.equal(explainRefusal('Nothing was done', bug), bug)
})
