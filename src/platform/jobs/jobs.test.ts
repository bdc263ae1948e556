// Jobs on a real database, with a real worker.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { inTransaction } from '#platform/database'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { JOB_RETRIES_MAX, type JobQueue, type Jobs, openJobs, type Schedule, startWorker, workOnce } from './index.ts'

const errands: JobQueue<{ errand: string }> = { name: 'errands', concurrency: 1 }

let shop: TestShop
/** The side that works; `shop.jobs` is a side that only enqueues. */
let jobs: Jobs

before(async () => {
  shop = await openTestShop()
  jobs = await openJobs({ url: shop.databaseUrl, queues: [errands], log: shop.log, works: true })
})
beforeEach(async () => {
  await sql`delete from jobs.job`.execute(shop.db)
})
after(async () => {
  await jobs.close()
  await shop.close()
})

const enqueue = (...names: string[]) =>
  inTransaction(shop.db, (tx) =>
    shop.jobs.enqueue(
      tx,
      errands,
      names.map((errand) => ({ errand })),
    ),
  )

async function until(condition: () => boolean | Promise<boolean>, timeoutMs: number): Promise<number> {
  const begun = performance.now()
  while (!(await condition())) {
    if (performance.now() - begun > timeoutMs) assert.fail(`not within ${timeoutMs} ms`)
    await sleep(10)
  }
  return performance.now() - begun
}

async function jobStates(): Promise<{ state: string; retryCount: number }[]> {
  const { rows } = await sql<{ state: string; retryCount: number }>`
    select state::text, retry_count from jobs.job where name = ${errands.name}`.execute(shop.db)
  return rows
}

test('a job exists if and only if its cause does', async () => {
  const undone = inTransaction(shop.db, async (tx) => {
    await shop.jobs.enqueue(tx, errands, [{ errand: 'never' }])
    throw new Error('no')
  })
  await assert.rejects(undone, /^Error: no$/)
  await enqueue('milk')
  assert.deepEqual(await jobStates(), [{ state: 'created', retryCount: 0 }])
})

test('a worker hears of a job from another process at once, and works each job once', async () => {
  const done: string[] = []
  const work = async ({ errand }: { errand: string }) => void done.push(errand)
  const worker = await startWorker(jobs, [{ queue: errands, work }], [], shop.log)
  await sleep(300)
  await enqueue('milk')
  const tookMs = await until(() => done.length === 1, 8000)
  assert.ok(tookMs < 1500, `took ${tookMs} ms: the worker polled instead of being told`)
  const many = Array.from({ length: 25 }, (_, index) => `errand-${index}`)
  await enqueue(...many)
  await until(() => done.length >= 26, 8000)
  await until(async () => (await jobStates()).every(({ state }) => state === 'completed'), 8000)
  await worker.stop()
  assert.deepEqual(done.toSorted(), ['milk', ...many].toSorted())
})

test('one job that fails leaves the others of its batch done, and is tried again', async () => {
  const tries: Record<string, number> = {}
  const work = async ({ errand }: { errand: string }) => {
    tries[errand] = (tries[errand] ?? 0) + 1
    if (errand === 'hard' && tries[errand] === 1) throw new Error('not yet')
  }
  const quiet = { ...shop.log, warn: () => {} }
  const worker = await startWorker(jobs, [{ queue: errands, work }], [], quiet)
  await enqueue('easy', 'hard', 'easier')
  await until(async () => (await jobStates()).some(({ state }) => state === 'retry'), 8000)
  await sql`update jobs.job set start_after = now() where state = 'retry'`.execute(shop.db)
  await enqueue('wake up')
  await until(async () => (await jobStates()).every(({ state }) => state === 'completed'), 8000)
  await worker.stop()
  assert.deepEqual(tries, { easy: 1, hard: 2, easier: 1, 'wake up': 1 })
})

test('a job waits longer after each failure, and is kept as dead after the last', async () => {
  const [deadBefore = 0] = Object.values(await jobs.countDead())
  await enqueue('impossible')
  const work = async () => assert.fail('impossible')
  const waits: number[] = []
  for (let attempt = 0; attempt <= JOB_RETRIES_MAX; attempt += 1) {
    await sql`update jobs.job set start_after = now() where state = 'retry'`.execute(shop.db)
    await assert.rejects(workOnce(shop.jobs, [{ queue: errands, work }]), /impossible/)
    const { rows } = await sql<{ seconds: string }>`
      select extract(epoch from start_after - now()) as seconds from jobs.job where state = 'retry'`.execute(shop.db)
    if (rows[0]) waits.push(Number(rows[0].seconds))
  }
  assert.equal(waits.length, JOB_RETRIES_MAX)
  assert.ok(waits[0]! < 5 && waits[4]! > 25 && waits[4]! < 70, `waits: ${waits}`)
  assert.ok(Math.max(...waits) <= 3600)
  assert.ok(waits.reduce((sum, wait) => sum + wait) > 8 * 3600, 'a night')
  assert.deepEqual(await jobs.countDead(), { 'dead-jobs': deadBefore + 1 })
})

test('a job whose worker was killed is worked by another one', async () => {
  await enqueue('milk')
  assert.equal((await shop.jobs.boss.fetch(errands.name)).length, 1)
  await sql`update jobs.job set heartbeat_on = now() - interval '31 seconds'`.execute(shop.db)
  await jobs.boss.supervise(errands.name)
  await sql`update jobs.job set start_after = now()`.execute(shop.db)
  const done: string[] = []
  await workOnce(jobs, [{ queue: errands, work: async ({ errand }) => void done.push(errand) }])
  assert.deepEqual(done, ['milk'])
})

test('who begins as the only worker takes on at once what a killed one left; beside another it waits for the heartbeat', async () => {
  const done: string[] = []
  const work = async ({ errand }: { errand: string }) => void done.push(errand)
  const other = await openJobs({ url: shop.databaseUrl, queues: [errands], log: shop.log, works: true })
  const alive = await startWorker(other, [], [], shop.log)
  await enqueue('milk')
  assert.equal((await shop.jobs.boss.fetch(errands.name)).length, 1, 'and its worker is killed')

  const second = await startWorker(jobs, [{ queue: errands, work }], [], shop.log)
  assert.deepEqual(await jobStates(), [{ state: 'active', retryCount: 0 }])
  await second.stop()
  await alive.stop()
  await other.close()

  const only = await startWorker(jobs, [{ queue: errands, work }], [], shop.log)
  await until(() => done.length === 1, 2000)
  await until(async () => (await jobStates())[0]?.state === 'completed', 2000)
  await only.stop()
  assert.deepEqual([done, await jobStates()], [['milk'], [{ state: 'completed', retryCount: 1 }]])
})

test('a job that kills its worker again and again is tried at ever longer intervals', async () => {
  await enqueue('deadly')
  const waits: number[] = []
  for (let killed = 0; killed < 3; killed += 1) {
    await sql`update jobs.job set start_after = now() where state = 'retry'`.execute(shop.db)
    assert.equal((await shop.jobs.boss.fetch(errands.name)).length, 1)
    await (await startWorker(jobs, [], [], shop.log)).stop()
    const { rows } = await sql<{ seconds: string }>`
      select extract(epoch from start_after - now()) as seconds from jobs.job where state = 'retry'`.execute(shop.db)
    waits.push(Number(rows[0]!.seconds))
  }
  assert.ok(waits[0]! <= 0 && waits[1]! > 2 && waits[2]! > waits[1]!, `waits: ${waits}`)
})

test('a worker whose connection broke counts as there again', async () => {
  const other = await openJobs({ url: shop.databaseUrl, queues: [errands], log: shop.log, works: true })
  const alive = await startWorker(other, [], [], shop.log)
  const locks = async () => {
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_locks where locktype = 'advisory' and mode = 'ShareLock'
        and database = (select oid from pg_database where datname = current_database())`.execute(shop.db)
    return rows.map(({ pid }) => pid)
  }
  const [pid] = await locks()
  await sql`select pg_terminate_backend(${pid})`.execute(shop.db)
  await until(async () => !(await locks()).includes(pid!), 2000)
  await until(async () => (await locks()).length === 1, 8000)
  await alive.stop()
  await until(async () => (await locks()).length === 0, 2000)
  await other.close()
})

test('MP-204 whoever asks is told of a job that is not tried again, and of no other', async () => {
  const told: object[] = []
  const quiet = { ...shop.log, warn: () => {}, error: () => {} }
  const onDead = (error: unknown, { queue }: { queue: string }) => void told.push({ error: String(error), queue })
  const work = async ({ errand }: { errand: string }) => assert.fail(errand)
  const worker = await startWorker(jobs, [{ queue: errands, work }], [], quiet, onDead)
  await enqueue('early')
  await until(async () => (await jobStates()).some(({ state }) => state === 'retry'), 8000)
  assert.deepEqual(told, [])
  await sql`update jobs.job set retry_count = retry_limit - 1, start_after = now() where state = 'retry'`.execute(
    shop.db,
  )
  await enqueue('late')
  await until(() => told.length > 0, 8000)
  await worker.stop()
  assert.deepEqual(told, [{ error: 'AssertionError [ERR_ASSERTION]: early', queue: 'errands' }])
})

test('a worker that stops finishes the job at hand', async () => {
  let finished = false
  let begun = false
  const work = async () => {
    begun = true
    await sleep(300)
    finished = true
  }
  const worker = await startWorker(jobs, [{ queue: errands, work }], [], shop.log)
  await enqueue('slow')
  await until(() => begun, 8000)
  await worker.stop()
  assert.ok(finished)
  await until(async () => (await jobStates())[0]?.state === 'completed', 2000)
})

test('a schedule runs, one at a time, and is forgotten when the code no longer has it', async () => {
  let runs = 0
  let running = 0
  const work = async () => {
    running += 1
    assert.equal(running, 1, 'two at a time')
    await sleep(100)
    running -= 1
    runs += 1
  }
  const table: Schedule[] = [{ name: 'sweep', cron: '* * * * *', work }]
  const worker = await startWorker(jobs, [], table, shop.log)
  assert.deepEqual(
    (await jobs.boss.getSchedules()).map(({ name, cron }) => [name, cron]),
    [['schedule-sweep', '* * * * *']],
  )
  const sent = await Promise.all([jobs.boss.send('schedule-sweep'), jobs.boss.send('schedule-sweep')])
  assert.equal(sent.filter(Boolean).length, 1, 'one waits already')
  await until(() => runs === 1, 8000)
  await worker.stop()
  const later = await startWorker(jobs, [], [{ name: 'other', cron: '0 3 * * *', work }], shop.log)
  assert.deepEqual(
    (await jobs.boss.getSchedules()).map(({ name }) => name),
    ['schedule-other'],
  )
  await later.stop()
})
