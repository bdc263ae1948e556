import { createServer } from 'node:net'
import type { Server } from '../api/http/server.ts'
import type { Config } from '../config.ts'

/** Refuses a port that is taken before a database is started for nothing. */
export async function refuseTakenPort(config: Config): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error) => reject(explain(error, config)))
    probe.listen({ host: config.HOST, port: config.PORT }, resolve)
  })
  await new Promise((resolve) => probe.close(resolve))
}

/** Listens on HOST and PORT, or throws a sentence that says which of the two is wrong. */
export async function listen(server: Server, config: Config): Promise<void> {
  await server.listen({ host: config.HOST, port: config.PORT }).catch((error) => {
    throw explain(error, config)
  })
}

function explain(error: NodeJS.ErrnoException, { HOST, PORT }: Config): Error {
  const { code = '' } = error
  if (code === 'EADDRINUSE') return new Error(`Port ${PORT} of ${HOST} is taken. Set PORT to another one.`)
  if (code === 'EACCES') return new Error(`This user may not listen on port ${PORT}. Set PORT to one above 1023.`)
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)) {
    return new Error(`${HOST} is no address of this machine. Set HOST to 127.0.0.1, or to 0.0.0.0 for all addresses.`)
  }
  return error
}
