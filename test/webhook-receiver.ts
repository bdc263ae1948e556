/** Somebody on this machine who is told of things: answers as a test wants, and keeps what came. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = { headers: IncomingHttpHeaders; body: string; url: string }
export type Receiver = {
  url: string
  received: Received[]
  /** The status of the next answers; undefined leaves them without one. */
  answers: { status: number | undefined; headers?: Record<string, string>; body?: string }
  close(): Promise<void>
}

export async function openReceiver(): Promise<Receiver> {
  const receiver: Receiver = { url: '', received: [], answers: { status: 200 }, close: async () => {} }
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    request.on('end', () => {
      receiver.received.push({ headers: request.headers, body, url: request.url ?? '' })
      const { status, headers = {}, body: answer = '' } = receiver.answers
      if (status !== undefined) response.writeHead(status, headers).end(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  receiver.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return receiver
}
