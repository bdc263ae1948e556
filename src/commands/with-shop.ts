import { randomUUID } from 'node:crypto'
import { causedBy } from '#platform/database'
import type { App } from '../commerce/app.ts'
import { compose, type Role } from '../composition.ts'
import type { Config } from '../config.ts'

/** Opens the shop for a command that ends, beside a serving one or alone, and closes it again. It says only its result. */
export async function withShop<Result>(
  config: Config,
  work: (app: App) => Promise<Result>,
  role: Omit<Role, 'worker'> = {},
): Promise<Result> {
  const LOG_LEVEL = config.LOG_LEVEL === 'info' ? 'warn' : config.LOG_LEVEL
  const { app, close } = await compose({ ...config, LOG_LEVEL }, { ...role, worker: false })
  const command = process.argv[2] ?? ''
  const cause = {
    requestId: randomUUID(),
    route: `command ${command}`,
    isAudited: command !== 'seed',
    actor: 'operator',
  } as const
  return causedBy(cause, () => work(app)).finally(() => close())
}
