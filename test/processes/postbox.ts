/** A mail server that takes letters, or keeps whoever brings one waiting. */
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export type Postbox = {
  url: string
  /** Letters that were taken. */
  taken: Email[]
  /** How many letters were brought and are kept waiting. */
  waiting(): number
  /** From now on letters are taken. */
  open(): void
}

/** Opens a mail server, at any free port unless one is named; `closed` keeps every letter waiting until `open`. */
export async function openPostbox({ closed = false, port = 0 } = {}): Promise<Postbox> {
  const taken: Email[] = []
  let isClosed = closed
  let waiting = 0
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 200,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk) => chunks.push(chunk))
      stream.on('end', async () => {
        if (isClosed) {
          waiting += 1
          return
        }
        taken.push(await PostalMime.parse(Buffer.concat(chunks)))
        done()
      })
    },
  })
  // A client that was killed breaks its connection.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  after(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    taken,
    waiting: () => waiting,
    open: () => {
      isClosed = false
    },
  }
}
