import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { loggerOf, openLog } from './index.ts'
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

test('NX-154 what the system refused is told to people in its words, without a stack', () => {
  const message = 'connect ECONNREFUSED 127.0.0.1:6379'
  const err = {
    type: 'Error',
    message,
    stack: `Error: ${message}\n    at here`,
    code: 'ECONNREFUSED',
    syscall: 'connect',
  }
  assert.equal(
    toText({ level: 40, time, msg: 'Redis is down', err }),
    `14:02:07  WARNING  Redis is down\n          ${message}\n`,
  )
})

test('NX-154 lines go to the console and to a file, and say which part of the house they come from', () => {
  const folder = mkdtempSync(join(tmpdir(), 'souk-log-'))
  const file = join(folder, 'logs', 'souk.log')
  const written = process.stdout.write
  const shown: string[] = []
  process.stdout.write = ((text: string) => shown.push(text) > 0) as typeof process.stdout.write
  try {
    const log = openLog('info', 'text', { file })
    log.debug({}, 'too little to be told')
    log.info({ url: '/' }, 'open')
    loggerOf(log, 'authentication').warn({ session: 's1' }, 'session')
  } finally {
    process.stdout.write = written
  }
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  rmSync(folder, { recursive: true })
  assert.deepEqual(
    lines.map(({ msg, logger }) => [msg, logger]),
    [
      ['open', undefined],
      ['session', 'authentication'],
    ],
  )
  assert.match(shown.join(''), /open {2}url=\/\n.*WARNING {2}session {2}logger=authentication {2}session=s1/)
})
