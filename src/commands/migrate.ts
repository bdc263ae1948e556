import { compose } from '../composition.ts'
import type { Config } from '../config.ts'

/** Brings the database up to date, which every start does too. */
export async function migrateDatabase(config: Config): Promise<void> {
  const { close } = await compose(config, { worker: false })
  await close()
  console.log('The database is up to date.')
}
