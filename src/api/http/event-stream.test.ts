import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import Fastify from 'fastify'
import { eventually } from '../../../test/eventually.ts'
import { type EventStream, openEventStream } from './event-stream.ts'

const LARGE = { text: 'x'.repeat(64 * 1024) }

test('V1-374 a reader that takes nothing is cut off, and holds no more than a quarter of a megabyte beyond the line', async (t) => {
  const server = Fastify()
  t.after(() => server.close())
  const streams: EventStream[] = []
  let isClosed = false
  server.get('/', (request, reply) => {
    const stream = openEventStream()
    stream.onClose(() => {
      isClosed = true
    })
    streams.push(stream)
    return stream.answer(request, reply)
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as { port: number }
  const reader = connect(port, '127.0.0.1')
  t.after(() => reader.destroy())
  reader.pause()
  reader.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
  const stream = (await eventually(async () => streams[0]))!
  for (let n = 0; n < 500 && !isClosed; n += 1) {
    stream.send('notification', LARGE, n)
    await sleep(1)
  }
  assert.ok(isClosed, 'cut off long before 32 megabytes wait')
  stream.send('notification', LARGE)
  stream.beat()
  stream.end()
})

test('V1-374 a reader that takes what comes is not cut off, however much that is', async (t) => {
  const server = Fastify()
  t.after(() => server.close())
  server.get('/', (request, reply) => {
    const stream = openEventStream()
    void (async () => {
      for (let n = 0; n < 50; n += 1) {
        stream.send('notification', LARGE, n)
        await sleep(2)
      }
      stream.end()
    })()
    return stream.answer(request, reply)
  })
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  const text = await (await fetch(address)).text()
  assert.equal(text.match(/^event: notification$/gm)?.length, 50)
})
