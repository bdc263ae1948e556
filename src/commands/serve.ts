import { startWorker } from '#platform/jobs'
import { buildServer } from '../api/index.ts'
import { schedules } from '../commerce/schedules.ts'
import { type Composed, compose, workTable } from '../composition.ts'
import type { Config } from '../config.ts'
import { isEmptyShop, loadSampleShop } from '../sample-shop/index.ts'
import { ensureAdministrator } from './administrator.ts'
import { claimToServe } from './claim-to-serve.ts'
import { untilSignal } from './until-signal.ts'

/** Serves the API, and works the jobs unless told `--no-worker`, until it is told to stop. */
export async function serve(config: Config, args: string[]): Promise<void> {
  const worker = !args.includes('--no-worker')
  const shop = await compose(config, { worker })
  try {
    await claimToServe(shop.databaseUrl, config.databaseUrl)
    await furnish(shop, config)
    await serveUntilStopped(shop, worker)
  } finally {
    await shop.close()
  }
}

/** The sample shop into an empty database, and somebody who may administer it. */
async function furnish({ app }: Composed, config: Config): Promise<void> {
  if (config.demoData && (await isEmptyShop(app.db))) await loadSampleShop(app)
  const administrator = await ensureAdministrator(app)
  if (administrator) {
    console.log(
      `\n  Administrator  ${administrator.email}\n  Password       ${administrator.password}   (shown this once)`,
    )
  }
}

async function serveUntilStopped({ app }: Composed, worker: boolean): Promise<void> {
  const { config, log } = app
  const server = await buildServer(app)
  await listen(server, config)
  const working = worker ? await startWorker(app.jobs, workTable(app), schedules(app), log) : undefined
  console.log(`
  Souk is open   ${config.PUBLIC_URL}
  API documents  ${config.PUBLIC_URL}/api/docs/
  Mails          ${config.SMTP_URL ? 'by SMTP' : `${config.DATA_DIRECTORY}/outbox/`}
`)
  const signal = await untilSignal()
  log.info({ signal }, 'stopping: finishing what is under way')
  await server.close()
  await working?.stop()
}

async function listen(server: Awaited<ReturnType<typeof buildServer>>, { HOST, PORT }: Config): Promise<void> {
  await server.listen({ host: HOST, port: PORT }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') throw new Error(`Port ${PORT} of ${HOST} is taken. Set PORT to another one.`)
    throw error
  })
}
