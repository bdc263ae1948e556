import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Log } from '#platform/log'
import { closeInReverse } from './closing.ts'

const warnings: string[] = []
const ignore = () => {}
const log: Log = {
  debug: ignore,
  info: ignore,
  warn: (fields, message) => void warnings.push(`${message} (${(fields as { err: Error }).err.message})`),
  error: ignore,
}

test('what was opened is closed in reverse, once, also when a step fails or never ends', async () => {
  const closed: string[] = []
  const { add, close } = closeInReverse(log)
  add('house', () => closed.push('house'))
  add('window', () => new Promise(() => {}), 20)
  add('door', () => {
    throw new Error('jammed')
  })
  add('drawer', async () => closed.push('drawer'))
  await Promise.all([close(), close()])
  await close()
  assert.deepEqual(closed, ['drawer', 'house'])
  assert.deepEqual(warnings, ['not closed well: door (jammed)', 'not closed well: window (still not done after 20 ms)'])
})
