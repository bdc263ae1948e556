import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { withShop } from './with-shop.ts'

/** Brings the database up to date, which every start does too. */
export async function migrateDatabase(config: Config, args: string[]): Promise<void> {
  parseArgs({ args })
  await withShop(config, async () => {})
  console.log('The database is up to date.')
}
