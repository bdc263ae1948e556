import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsOf } from './words-of.ts'

test('an error of several attempts says what each of them met', () => {
  const attempts = ['connect ECONNREFUSED ::1:5432', 'connect ECONNREFUSED 127.0.0.1:5432'].map(
    (each) => new Error(each),
  )
  assert.equal(
    wordsOf(new AggregateError(attempts)),
    'connect ECONNREFUSED ::1:5432, connect ECONNREFUSED 127.0.0.1:5432',
  )
  assert.equal(wordsOf(new Error('no')), 'no')
})
