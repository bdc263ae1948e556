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
  return work(app).finally(() => close())
}
