// Ctrl-C, once and twice.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type HeldTable, holdTable } from './held-table.ts'
import { openProcessShop, type ProcessShop } from './shop-process.ts'
import { call, onThisMachine, type SoukProcess, startServing, until } from './souk-process.ts'

let home: ProcessShop
before(async () => {
  home = await openProcessShop()
})
after(() => home.close())

/** A server with a request under way that cannot finish before the table is let go. */
async function startBusy(): Promise<{ souk: SoukProcess; held: HeldTable; slow: Promise<number | undefined> }> {
  const souk = await startServing(home.settings)
  await until('it listens for signals', () => souk.output().includes('Souk is open'))
  const held = await holdTable(home.shop.databaseUrl, 'identity.accounts')
  const body = { email: 'nobody@example.com', password: 'something' }
  const slow = call(`${souk.url}/api/v1/auth/login/`, { body }).then(
    ({ status }) => status,
    () => undefined,
  )
  await until('the request waits', async () => (await held.waiting()) > 0)
  return { souk, held, slow }
}

test('one Ctrl-C that comes twice, as npm passes it on, lets the request finish', async () => {
  const { souk, held, slow } = await startBusy()
  souk.signal('SIGINT')
  souk.signal('SIGINT')
  await until('it stops', () => souk.output().includes('stopping'))
  await held.letGo()
  assert.equal(await slow, 400)
  assert.equal((await souk.ended).code, 0)
})

test('a second Ctrl-C ends it at once', async () => {
  const { souk, held, slow } = await startBusy()
  souk.signal('SIGINT')
  await until('it stops', () => souk.output().includes('stopping'))
  await sleep(600)
  const askedAt = performance.now()
  souk.signal('SIGINT')
  const { code, errors } = await souk.ended
  assert.ok(performance.now() - askedAt < onThisMachine(2000))
  assert.equal(code, 130)
  assert.match(errors, /^Ended at once/)
  assert.equal(await slow, undefined, 'the request got no answer')
  await held.letGo()
})

test('a connection that a browser opened beforehand, and never used, keeps nobody waiting', async () => {
  const souk = await startServing(home.settings)
  await until('it listens for signals', () => souk.output().includes('Souk is open'))
  const { hostname, port } = new URL(souk.url)
  const unused = connect(Number(port), hostname)
  await once(unused, 'connect')
  const askedAt = performance.now()
  souk.signal('SIGTERM')
  assert.equal((await souk.ended).code, 0)
  assert.ok(performance.now() - askedAt < onThisMachine(5000))
})

test('below npm, the end of the shell in between is a request to stop', async () => {
  const environment = { ...home.settings, npm_lifecycle_event: 'start' }
  const souk = await startServing(environment, [], { through: ['/bin/sh', '-c', '"$0" "$@"; true'] })
  await until('it is open', () => souk.output().includes('Souk is open'))
  souk.signal('SIGTERM')
  const { output, errors, signal } = await souk.ended
  assert.equal(signal, 'SIGTERM', 'that was the shell')
  assert.match(output, /stopping.*\n {2}Souk is closed\.\n$/s)
  assert.equal(errors, '')
})
