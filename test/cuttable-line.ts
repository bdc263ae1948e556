/** A way to Redis that a test can cut. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type CuttableLine = { url: string; cut(): void; mend(): Promise<void> }

export async function cuttableLine(redis: URL): Promise<CuttableLine> {
  const sockets = new Set<Socket>()
  const open = async (port: number) => {
    const server = createServer((near) => {
      const far = connect(Number(redis.port || 6379), redis.hostname)
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(from)
        from.on('error', () => {}).on('close', () => to.destroy())
        from.pipe(to)
      }
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return server
  }
  let server = await open(0)
  const { port } = server.address() as AddressInfo
  return {
    url: `redis://127.0.0.1:${port}${redis.pathname}`,
    cut: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
      sockets.clear()
    },
    mend: async () => {
      server = await open(port)
    },
  }
}
