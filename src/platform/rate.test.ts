import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRate } from './rate.ts'

test('a rate is read as it is written, and anything else is told what it must look like', () => {
  assert.deepEqual(readRate('100/hour'), { hits: 100, windowMs: 3_600_000 })
  assert.deepEqual(readRate('10/min'), { hits: 10, windowMs: 60_000 })
  assert.deepEqual(readRate('5 / s'), { hits: 5, windowMs: 1000 })
  assert.deepEqual(readRate('1/day'), { hits: 1, windowMs: 86_400_000 })
  for (const off of ['off', 'none', '0']) assert.equal(readRate(off), undefined)
  for (const wrong of ['', '100', 'hour', '-1/hour', '10/fortnight', '1e3/min', 'many/min', '10/12']) {
    assert.throws(() => readRate(wrong), /^Error: must look like 100\/hour/)
  }
})
