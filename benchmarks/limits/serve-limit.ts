/** What the limits that are servers have in common: a child process that is told what to serve and tells its port. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Serves what the parent process sends, until that one is gone. */
export function serveLimit<Subject>(open: (subject: Subject) => Server): void {
  let server: Server | undefined
  process.on('message', (subject: Subject) => {
    server?.close()
    server?.closeAllConnections()
    server = open(subject)
    const { address } = server
    server.listen(0, '127.0.0.1', () => process.send?.({ port: (address.call(server) as AddressInfo).port }))
  })
  process.once('disconnect', () => process.exit())
}
