import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSlots } from '#platform/slots.ts'

test('no more than there are slots for is done at a time, in the order of asking', async () => {
  const slots = openSlots(10)
  let busy = 0
  let busiest = 0
  const done: number[] = []
  const work = async (number: number, count: number) => {
    const free = await slots.take(count)
    busy += Math.min(count, 10)
    busiest = Math.max(busiest, busy)
    assert.ok(busy <= 10)
    await sleep(2)
    busy -= Math.min(count, 10)
    done.push(number)
    free()
    free()
  }
  // The one that wants more than there are does not wait for ever, nor is it overtaken.
  await Promise.all([4, 4, 99, 4, 4, 4].map((count, number) => work(number, count)))
  assert.equal(busiest, 10)
  assert.deepEqual(done.slice(0, 3), [0, 1, 2])
  assert.equal(done.length, 6)
})
