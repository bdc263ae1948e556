import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openReceiver, type Receiver } from '../../../test/webhook-receiver.ts'
import { InsideAddress, isPublicAddress, postOutward } from './index.ts'

let receiver: Receiver
before(async () => {
  receiver = await openReceiver()
})
after(() => receiver.close())

const options = { headers: {}, withinMs: 2000, bytesMax: 100 }

test('only addresses of the public internet are public, however they are written', () => {
  for (const address of [
    ...[
      '127.0.0.1',
      '127.9.9.9',
      '0.0.0.0',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
    ],
    ...['100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '192.0.2.7'],
    ...[
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      'fd12::1',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      '::ffff:8.8.8.8',
    ],
    ...['64:ff9b::7f00:1', '2001:db8::1', '2002:7f00:1::', '2001:0:1::', 'localhost', ''],
  ])
    assert.equal(isPublicAddress(address), false, address)
  for (const address of ['8.8.8.8', '1.1.1.1', '172.32.0.1', '172.15.0.1', '2606:4700::1111', '2a00:1450:4001::200e'])
    assert.equal(isPublicAddress(address), true, address)
})

test('nothing is posted into the house: by number, by a name that leads there, nor where another server sends on', async () => {
  const { port } = new URL(receiver.url)
  for (const host of ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', 'localhost', '0.0.0.0'])
    await assert.rejects(postOutward(`http://${host}:${port}/hook`, '{}', options), InsideAddress, host)
  assert.equal(receiver.received.length, 0)
  receiver.answers = { status: 302, headers: { location: receiver.url } }
  const { status } = await postOutward(receiver.url, '{}', { ...options, allowsInside: true })
  assert.equal(status, 302)
  assert.equal(receiver.received.length, 1)
})

test('of an answer no more than a little is read, and nobody is waited for too long', async () => {
  receiver.answers = { status: 200, body: 'x'.repeat(1_000_000) }
  const { body } = await postOutward(receiver.url, '{}', { ...options, allowsInside: true })
  assert.equal(body, 'x'.repeat(100))
  receiver.answers = { status: undefined }
  const begun = performance.now()
  await assert.rejects(
    postOutward(receiver.url, '{}', { ...options, withinMs: 300, allowsInside: true }),
    /abort|timeout/i,
  )
  assert.ok(performance.now() - begun < 1500)
})
