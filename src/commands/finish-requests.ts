import type { Socket } from 'node:net'
import type { Server } from '../api/http/server.ts'

/** A request that takes longer is cut off: whoever asks us to stop does not wait for ever. */
const FINISH_WITHIN_MS = 20_000
const IDLE_CHECK_MS = 50

/**
 * Watches the connections of a server from before it listens. What comes back stops it: requests under way are answered, a connection
 * on which nothing is asked is closed, also one that a browser opened beforehand and never used: to Node that one is no idle one.
 */
export function watchRequests(server: Server): () => Promise<void> {
  const connections = new Set<Socket>()
  server.server.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  // A connection that falls idle meanwhile would be kept for the client's next request, and keep us.
  const closeUnused = () => {
    server.server.closeIdleConnections()
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
  }
  return async () => {
    const unused = setInterval(closeUnused, IDLE_CHECK_MS)
    const late = setTimeout(() => server.server.closeAllConnections(), FINISH_WITHIN_MS)
    await server.close().finally(() => {
      clearInterval(unused)
      clearTimeout(late)
    })
  }
}
