// Real servers, real processes, real kill -9.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { startEmbeddedPostgres } from './index.ts'
import { findPostmaster, isProcess } from './postmaster.ts'
import { runPostmaster } from './run-postmaster.ts'
import { ask, clusters, isRoot, makeDataDirectory, quiet, startChild } from './test-processes.ts'

test('a first start makes a private, durable database; a second finds it within a second', async () => {
  const dataDirectory = makeDataDirectory()
  let begun = Date.now()
  const first = await startEmbeddedPostgres({ dataDirectory }, quiet)
  assert.ok(Date.now() - begun < 6_000, 'a first start takes 0.7 s on an idle machine')
  assert.deepEqual(
    await ask(
      first.url,
      `select current_user as who, current_database() as name, pg_encoding_to_char(encoding) as encoding,
        concat(datlocprovider, ':', datlocale) as locale, current_setting('fsync') as fsync,
        current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
        current_setting('shared_buffers') as buffers, current_setting('max_connections') as connections,
        lower('ÉCLAIR') as lower from pg_database where datname = current_database()`,
    ),
    {
      ...{ who: 'souk', name: 'souk', encoding: 'UTF8', locale: 'b:C.UTF-8', fsync: 'on', addresses: '127.0.0.1' },
      ...{ sockets: '', buffers: '128MB', connections: '100', lower: 'éclair' },
    },
  )
  const letters = await ask(first.url, 'create extension pg_trgm').then(() =>
    ask(first.url, `select similarity('é', 'ü')`),
  )
  assert.ok(letters.similarity < 1, 'letters beyond ASCII are letters to pg_trgm')
  await assert.rejects(ask(first.url.replace(/:[^:@]*@/, ':wrong@'), 'select 1'), /password authentication failed/)
  const entries = readFileSync(join(dataDirectory, 'cluster/pg_hba.conf'), 'utf8').match(/^(local|host).*$/gm) ?? []
  assert.ok(entries.length > 0 && entries.every((line) => line.endsWith('scram-sha-256')))
  assert.equal(statSync(join(dataDirectory, 'password')).mode & 0o777, 0o600)
  assert.equal(statSync(join(dataDirectory, 'cluster')).mode & 0o777, 0o700)
  if (isRoot) assert.notEqual(statSync(join(dataDirectory, 'cluster')).uid, 0)
  await ask(first.url, 'create table kept as select 42 as answer')
  await Promise.all([first.stop(), first.stop()])
  await first.stop()
  assert.equal(serverOf(dataDirectory), undefined)

  begun = Date.now()
  const second = await startEmbeddedPostgres({ dataDirectory }, quiet)
  assert.ok(Date.now() - begun < 1_000, 'a second start takes 0.06 s on an idle machine')
  assert.deepEqual(await ask(second.url, 'select answer from kept'), { answer: 42 })
  await second.stop()
})

test('kill -9 of Souk leaves the server, which holds no stream of Souk, and the next start adopts it', async () => {
  const dataDirectory = makeDataDirectory()
  const souk = await startChild({ dataDirectory })
  const server = serverOf(dataDirectory)
  assert.ok(server)
  process.kill(-souk.pid, 'SIGINT') // Ctrl-C reaches all of the group
  await sleep(100)
  assert.deepEqual(await ask(souk.url, 'select 1 as one'), { one: 1 })
  await souk.kill()
  assert.equal(serverOf(dataDirectory)?.pid, server.pid)

  // A server that still starts is waited for, but not for ever.
  const pidFile = join(dataDirectory, 'cluster/postmaster.pid')
  const ready = readFileSync(pidFile, 'utf8')
  writeFileSync(pidFile, ready.replace('ready   ', 'starting'))
  const cluster = { home: dataDirectory, directory: join(dataDirectory, 'cluster'), account: undefined }
  const binaries = { initdb: '', pgCtl: '', postgres: '', version: '' }
  await assert.rejects(
    runPostmaster({ ...cluster, binaries }, undefined, 200),
    /has been starting for too long.*leave it running.*ready to accept connections/s,
  )
  setTimeout(() => writeFileSync(pidFile, ready), 300)
  const begun = Date.now()
  const next = await startEmbeddedPostgres({ dataDirectory }, quiet)
  assert.ok(Date.now() - begun >= 290)
  assert.equal(serverOf(dataDirectory)?.pid, server.pid)
  await next.stop()
  assert.equal(serverOf(dataDirectory), undefined)
})

test('kill -9 of the server: recovered under a running Souk on the same port, and at the next start', async (t) => {
  const dataDirectory = makeDataDirectory()
  const souk = await startChild({ dataDirectory })
  await ask(souk.url, 'create table kept as select 42 as answer')
  const first = serverOf(dataDirectory)
  assert.ok(first)
  process.kill(first.pid, 'SIGKILL')
  const isBack = (now = serverOf(dataDirectory)) => now?.status === 'ready' && now.pid !== first.pid
  await waitUntil(isBack, 'the server is back')
  assert.deepEqual(await ask(souk.url, 'select answer from kept'), { answer: 42 })

  await ask(souk.url, 'insert into kept values (43)')
  const second = serverOf(dataDirectory)
  assert.ok(second && second.pid !== first.pid)
  await souk.kill()
  process.kill(second.pid, 'SIGKILL')
  await waitUntil(() => !isProcess(second.pid) || !serverOf(dataDirectory), 'the server is gone')
  // In a container, the dead server's number soon belongs to another process, maybe of the same user.
  const { uid, gid } = statSync(join(dataDirectory, 'cluster'))
  const stranger = spawn('sleep', ['60'], { cwd: '/', stdio: 'ignore', ...(isRoot && { uid, gid }) })
  t.after(() => void stranger.kill())
  const pidFile = join(dataDirectory, 'cluster/postmaster.pid')
  writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(stranger.pid)))
  const next = await startEmbeddedPostgres({ dataDirectory }, quiet)
  assert.deepEqual(await ask(next.url, 'select sum(answer)::int from kept'), { sum: 85 })
  await next.stop()
})

test('processes that start at the same time share one server; the last one out stops it', async () => {
  const dataDirectory = makeDataDirectory()
  const souks = await Promise.all([1, 2, 3].map(() => startChild({ dataDirectory })))
  const [one, two, three] = souks as [(typeof souks)[0], (typeof souks)[0], (typeof souks)[0]]
  const ports = await Promise.all(souks.map(({ url }) => ask(url, 'select inet_server_port() as port')))
  assert.equal(new Set(ports.map(({ port }) => port)).size, 1)
  const server = serverOf(dataDirectory)
  await one.stop()
  await three.kill()
  assert.equal(serverOf(dataDirectory)?.pid, server?.pid)
  await ask(two.url, 'select 1')

  const psql = new Client({ connectionString: two.url.replace(/\?.*/, '') })
  await psql.connect()
  await two.stop()
  assert.equal(serverOf(dataDirectory)?.pid, server?.pid, 'somebody else still works')
  await psql.end()

  const both = await Promise.all([startChild({ dataDirectory }), startChild({ dataDirectory })])
  await Promise.all(both.map((souk) => souk.stop()))
  assert.equal(serverOf(dataDirectory), undefined)
})

test('a throw-away server leaves nothing, and an orphaned one is removed by the next', async () => {
  const orphan = await startChild({ throwAway: true })
  const { directory } = await ask(orphan.url, `select current_setting('data_directory') as directory`)
  clusters.push(directory)
  const left = findPostmaster(directory)
  assert.ok(left)
  await orphan.kill()
  const next = await startEmbeddedPostgres({ throwAway: true }, quiet)
  assert.equal(isProcess(left.pid), false)
  assert.equal(existsSync(directory), false)
  const mine = await ask(next.url, `select current_setting('data_directory') as directory`)
  await next.stop()
  await next.stop()
  assert.equal(existsSync(dirname(mine.directory)), false)
})

async function waitUntil(isTrue: () => boolean, what: string) {
  for (let tries = 0; tries < 250; tries += 1) {
    if (isTrue()) return
    await sleep(20)
  }
  assert.fail(`still not: ${what}`)
}

function serverOf(dataDirectory: string) {
  return findPostmaster(join(dataDirectory, 'cluster'))
}
