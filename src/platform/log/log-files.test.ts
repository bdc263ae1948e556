import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { causedBy } from '#platform/database'
import { openLogFile } from './files.ts'
import { openLog } from './index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'souk-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const linesOf = (...path: string[]) =>
  readFileSync(join(folder, ...path), 'utf8')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

/** What is written to stdout meanwhile is kept from it. */
function silently(work: () => void): void {
  const written = process.stdout.write
  process.stdout.write = (() => true) as typeof process.stdout.write
  try {
    work()
  } finally {
    process.stdout.write = written
  }
}

test('MP-202 a folder gets app.log with every line, and errors.log with errors alone', () => {
  silently(() => {
    const log = openLog('info', 'text', { directory: join(folder, 'logs') })
    log.debug({}, 'too little')
    log.info({ module: 'a' }, 'open')
    log.warn({}, 'slow')
    log.error({ err: new Error('no') }, 'failed')
  })
  const messages = (name: string) => linesOf('logs', name).map(({ msg }) => msg)
  assert.deepEqual(messages('app.log'), ['open', 'slow', 'failed'])
  assert.deepEqual(messages('errors.log'), ['failed'])
  const [failed] = linesOf('logs', 'errors.log')
  assert.match(failed.time, /^\d{4}-\d\d-\d\dT/)
  assert.match(failed.err.stack, /^Error: no\n/)
})

test('MP-202 a line that is written on behalf of a request carries its id and who acts, without being told', async () => {
  const cause = { requestId: 'r-1', route: 'GET /', isAudited: false, actor: 'visitor' as const }
  await causedBy(cause, async () => {
    await sleep(1)
    const log = openLog('info', 'text', { file: join(folder, 'app.log') })
    silently(() => log.info({}, 'before'))
    Object.assign(cause, { accountId: 7 })
    silently(() => log.info({}, 'signed in'))
    silently(() => log.info({ request: 'r-2' }, 'says otherwise'))
  })
  const told = linesOf('app.log').map(({ msg, request, user }) => ({ msg, request, user }))
  assert.deepEqual(told, [
    { msg: 'before', request: 'r-1', user: undefined },
    { msg: 'signed in', request: 'r-1', user: 7 },
    { msg: 'says otherwise', request: 'r-2', user: 7 },
  ])
})

test('MP-202 a file that was moved away by who rotates it is made anew', async () => {
  const path = join(folder, 'app.log')
  const stream = openLogFile(path, false, 20)
  stream.write('{"n":1}\n')
  renameSync(path, `${path}.1`)
  for (let waits = 0; waits < 100; waits += 1) {
    await sleep(20)
    stream.write(`{"n":${waits + 2}}\n`)
    try {
      if (linesOf('app.log').length > 0) break
    } catch {}
  }
  const [old, fresh] = [linesOf('app.log.1'), linesOf('app.log')]
  assert.ok(fresh.length > 0)
  assert.deepEqual(
    [...old, ...fresh].map(({ n }) => n),
    Array.from({ length: old.length + fresh.length }, (_, at) => at + 1),
    'no line is lost',
  )
})
