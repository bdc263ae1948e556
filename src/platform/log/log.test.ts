import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toText } from './text.ts'

const time = new Date(2026, 10, 21, 14, 2, 7).toISOString()

test('a line for people has the time of day, the message and the fields', () => {
  assert.equal(toText({ level: 30, time, msg: 'migrated', files: 13 }), '14:02:07  migrated  files=13\n')
  const line = { level: 40, time, msg: 'slow request', url: '/api/v1/cart/', agent: 'two words' }
  assert.equal(toText(line), '14:02:07  WARNING  slow request  url=/api/v1/cart/  agent="two words"\n')
})

test('an error stands below its line with its stack', () => {
  const err = { type: 'Error', message: 'no', stack: 'Error: no\n    at here' }
  assert.equal(
    toText({ level: 50, time, msg: 'failed', err }),
    '14:02:07  ERROR  failed\n          Error: no\n              at here\n',
  )
})
