import { parseArgs } from 'node:util'
import { cleanUpSessions } from '#commerce/identity'
import { compose } from '../composition.ts'
import type { Config } from '../config.ts'

/** Removes sessions that ended or ran out, used tokens and old attempts (V1-171). */
export async function cleanupSessions(config: Config, args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { days: { type: 'string' }, 'dry-run': { type: 'boolean' } } })
  const days = values.days === undefined ? undefined : Number(values.days)
  if (days !== undefined && !(Number.isInteger(days) && days >= 0)) throw new Error('--days wants a whole number')
  const { app, close } = await compose(config, { worker: false })
  try {
    const dryRun = values['dry-run'] ?? false
    const removed = await cleanUpSessions(app, { dryRun, ...(days === undefined ? {} : { days }) })
    console.log(`${dryRun ? 'Would remove' : 'Removed'} ${JSON.stringify(removed)}`)
  } finally {
    await close()
  }
}
