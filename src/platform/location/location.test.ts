// Where addresses are: by the countries that come along, by a file with cities, by a service, and by none of them.
import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Log } from '#platform/log'
import { type Locator, networkOf, openLocator } from './index.ts'
import { writeDatabase } from './test-database.ts'

const UNKNOWN = { label: 'Unknown', country: null, region: null, city: null }
const LOCAL = { ...UNKNOWN, label: 'Local network' }
const FRANKFURT = {
  label: 'Frankfurt am Main, Hesse, Germany',
  country: 'DE',
  region: 'Hesse',
  city: 'Frankfurt am Main',
}

const closing: (() => unknown)[] = []
after(() => closing.reverse().forEach((close) => void close()))

const warnings: string[] = []
const quiet = () => {}
const log: Log = { debug: quiet, info: quiet, error: quiet, warn: (_fields, message) => warnings.push(message ?? '') }

async function openWith(setting: string): Promise<Locator> {
  const locator = await openLocator(setting, log)
  closing.push(() => locator.close())
  warnings.length = 0
  return locator
}

/** A service on this machine. Returns the setting that names it, and what it was asked. */
async function openService(answer: RequestListener) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { setting: `http://127.0.0.1:${(server.address() as AddressInfo).port}/where/{ip}?key=1`, asked }
}

const answering = (body: string, status = 200): RequestListener => {
  return (_request, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body)
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'souk-places-'))
  closing.push(() => rmSync(folder, { recursive: true }))
  return folder
}

test('NX-053 the countries of addresses are known without any setting', async () => {
  const locator = await openWith('bundled')
  const american = { label: 'United States', country: 'US', region: null, city: null }
  assert.deepEqual(await locator.locate('8.8.8.8'), american)
  assert.deepEqual(await locator.locate('::ffff:8.8.8.8'), american)
  assert.deepEqual(await locator.locate('2001:4860:4860::8888'), american)
  assert.equal((await locator.locate('193.0.6.139')).label, 'Netherlands')
  assert.deepEqual(await locator.locate('192.0.2.1'), UNKNOWN)
  assert.deepEqual(warnings, [])
})

test('NX-054 private addresses are of the local network, whoever is asked', async () => {
  const { setting, asked } = await openService(answering('{"country":"DE"}'))
  const ours = ['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.1.1', '100.64.0.1']
  const ours6 = ['::1', '::', 'fe80::1%eth0', 'fd12:3456::1', '::ffff:192.168.0.1', '::FFFF:7f00:1']
  for (const locator of [await openWith('none'), await openWith('bundled'), await openWith(setting)]) {
    for (const ip of [...ours, ...ours6]) assert.deepEqual(await locator.locate(ip), LOCAL, ip)
    for (const ip of ['', 'unknown', '300.1.2.3', '1.2.3', "1.1.1.1'; --"]) {
      assert.deepEqual(await locator.locate(ip), UNKNOWN, ip)
    }
  }
  assert.deepEqual(asked, [])
  const locator = await openWith(setting)
  for (const ip of ['172.32.0.1', '100.128.0.1', '192.169.0.1', '203.0.113.7', '2001:db8::1']) {
    assert.equal((await locator.locate(ip)).label, 'Germany', ip)
  }
})

test('NX-054 with "none" every other address is unknown', async () => {
  assert.deepEqual(await (await openWith('none')).locate('8.8.8.8'), UNKNOWN)
})

test('NX-054 a database file with cities tells region and city, in the nested shape and in the flat one', async () => {
  const path = join(newFolder(), 'cities.mmdb')
  const names = (en: string, de: string) => ({ names: { en, de } })
  const nested = {
    country: { iso_code: 'DE', ...names('Germany', 'Deutschland') },
    subdivisions: [{ iso_code: 'HE', ...names('Hesse', 'Hessen') }],
    city: names('Frankfurt am Main', 'Frankfurt'),
  }
  writeDatabase(path, [
    ['203.0.112.0', 24, nested],
    ['203.0.113.0', 24, { country: { iso_code: 'FR' } }],
    ['198.51.100.0', 24, { country_code: 'IN', state1: 'Karnataka', city: 'Bengaluru' }],
    ['198.51.101.0', 24, { continent: { code: 'AF' } }],
  ])
  const locator = await openWith(path)
  assert.deepEqual(await locator.locate('203.0.112.77'), FRANKFURT)
  assert.deepEqual(await locator.locate('203.0.113.77'), { ...UNKNOWN, label: 'France', country: 'FR' })
  assert.equal((await locator.locate('198.51.100.1')).label, 'Bengaluru, Karnataka, India')
  assert.deepEqual(await locator.locate('198.51.101.1'), UNKNOWN)
  assert.deepEqual(await locator.locate('8.8.8.8'), UNKNOWN)
})

test('NX-054 a file that cannot be read is told at the start, fails nobody, and is found once it is there', async () => {
  const folder = newFolder()
  const locator = await openLocator(join(folder, 'later.mmdb'), log)
  assert.deepEqual(warnings.splice(0), ['GEOLOCATION names a file that cannot be read'])
  assert.deepEqual(await locator.locate('203.0.112.1'), UNKNOWN)
  assert.equal(warnings.length, 1)
  writeDatabase(join(folder, 'new'), [['203.0.112.0', 24, { country: { iso_code: 'DE' } }]])
  renameSync(join(folder, 'new'), join(folder, 'later.mmdb'))
  assert.equal((await locator.locate('203.0.112.1')).label, 'Germany')
  assert.equal((await (await openWith(import.meta.filename)).locate('203.0.112.1')).label, 'Unknown')
})

test('NX-054 a service is asked for the address, and what it says is read with care', async () => {
  const { setting, asked } = await openService(
    answering('{"country":"de","region":" Hesse\\r\\nBcc: eve@example.com","city":["x"],"more":1}'),
  )
  const locator = await openWith(setting)
  assert.deepEqual(await locator.locate('2001:DB8:0::1'), {
    label: 'Hesse Bcc: eve@example.com, Germany',
    country: 'DE',
    region: 'Hesse Bcc: eve@example.com',
    city: null,
  })
  assert.deepEqual(asked, ['/where/2001%3Adb8%3A%3A1?key=1'])
  const nameless = await openWith((await openService(answering('{"country":"Germany"}'))).setting)
  assert.deepEqual(await nameless.locate('8.8.8.8'), UNKNOWN)
})

test('NX-054 a service that fails, answers nonsense, or does not answer, fails nobody', async () => {
  const failing: [RequestListener, number][] = [
    [answering('{"country":"DE"}', 500), 1],
    [answering('<html>', 200), 1],
    [answering('null'), 0],
    [answering('{}', 404), 0],
    [(request) => void request.socket.destroy(), 1],
    [() => {}, 1],
  ]
  const locators: Locator[] = []
  for (const [answer] of failing) locators.push(await openWith((await openService(answer)).setting))
  const begun = performance.now()
  const places = await Promise.all(locators.map((locator) => locator.locate('8.8.8.8')))
  assert.ok(performance.now() - begun < 4500)
  assert.deepEqual(
    places,
    failing.map(() => UNKNOWN),
  )
  assert.equal(
    warnings.length,
    failing.reduce((sum, [, told]) => sum + told, 0),
  )
})

test('NX-053 the network of an address is its /16, or its /48', () => {
  const networks: [string, string | null][] = [
    ['203.0.113.7', '203.0.0.0/16'],
    ['::ffff:203.0.113.7', '203.0.0.0/16'],
    ['::ffff:cb00:7107', '203.0.0.0/16'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:0DB8:0001::', '2001:db8:1::/48'],
    ['2001:db8::7', '2001:db8::/48'],
    ['2001:db8:0:ffff::7', '2001:db8::/48'],
    ['::1', '::/48'],
    ['1::2:3:4:5:6:7', '1:0:2::/48'],
    ['fe80::1%eth0', 'fe80::/48'],
    ['127.0.0.1', '127.0.0.0/16'],
    ['unknown', null],
    ['', null],
  ]
  for (const [ip, network] of networks) assert.equal(networkOf(ip), network, ip)
})
