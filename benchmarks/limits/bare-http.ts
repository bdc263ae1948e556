/** A limit: `node:http` alone, answering the very bytes that Souk answers, from memory. A process of its own. */
import { createServer } from 'node:http'
import { serveLimit } from './serve-limit.ts'

export type Bytes = { status: number; headers: Record<string, string>; body: string }

/** The answers take turns, as the requests of the load do. */
serveLimit<Bytes[]>((answers) => {
  const ready = answers.map(({ body, ...head }) => ({ ...head, bytes: Buffer.from(body) }))
  let turn = 0
  return createServer((request, response) => {
    const { status, headers, bytes } = ready[turn++ % ready.length]!
    const send = () => response.writeHead(status, headers).end(bytes)
    if (request.method === 'GET') send()
    else request.resume().once('end', send)
  })
})
