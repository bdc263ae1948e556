import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { ErrorReport } from '#platform/errors'
import { openTestShop, type TestShop } from '../../test/shop.ts'
import { reportDeadJob } from './report-dead-job.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())

test('SF-433 MP-204 a job that is given up is in the log of errors, masked, and reported', async () => {
  const told: ErrorReport[] = []
  shop.errors.add({ name: 'a list', send: async (report) => void told.push(report) })
  reportDeadJob(shop)(new Error('no answer, token=abc123'), { queue: 'letters', job: '7' })
  await shop.trail.flush()
  await shop.errors.close()
  const { rows } = await sql<{ endpoint: string; message: string; stackTrace: string }>`
    select endpoint, message, stack_trace from analytics.errors`.execute(shop.db)
  assert.deepEqual([rows.length, rows[0]!.endpoint, rows[0]!.message], [1, 'job letters', 'no answer, token=***'])
  assert.match(rows[0]!.stackTrace, /report-dead-job/)
  assert.equal(told[0]!.context.queue, 'letters')
})
