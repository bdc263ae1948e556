import { parseArgs } from 'node:util'
import { cleanUpSessions } from '#commerce/identity'
import type { Config } from '../config.ts'
import { withShop } from './with-shop.ts'

/** Removes sessions that ended or ran out, used tokens and old attempts (V1-171). */
export async function cleanupSessions(config: Config, args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { days: { type: 'string' }, 'dry-run': { type: 'boolean' } } })
  if (values.days !== undefined && !/^\d{1,5}$/.test(values.days)) throw new Error('--days wants a whole number.')
  const dryRun = values['dry-run'] ?? false
  const wanted = { dryRun, ...(values.days === undefined ? {} : { days: Number(values.days) }) }
  const removed = await withShop(config, (app) => cleanUpSessions(app, wanted))
  const counts = Object.entries(removed).map(([what, count]) => `${count} ${what}`)
  console.log(`${dryRun ? 'Would remove' : 'Removed'} ${counts.join(', ')}.`)
}
