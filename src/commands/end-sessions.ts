import { parseArgs } from 'node:util'
import { endAllSessions, endSessionsOfEmail } from '#commerce/identity'
import type { Config } from '../config.ts'
import { explainRefusal } from './explain-refusal.ts'
import { withShop } from './with-shop.ts'

/** Ends all sessions of one account, or of everybody: what to do when something was stolen. Their tokens are worthless at once. */
export async function endSessions(config: Config, args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { email: { type: 'string' }, all: { type: 'boolean' } } })
  const { email, all = false } = values
  if (!email === !all) throw new Error('Say whose: end-sessions --email somebody@example.com, or --all')
  const count = await withShop(config, (app) => (email ? endThose(app, email) : endAllSessions(app)))
  console.log(`Ended ${count} ${count === 1 ? 'session' : 'sessions'}.`)
}

const endThose: typeof endSessionsOfEmail = (app, email) =>
  endSessionsOfEmail(app, email).catch((error) => {
    throw explainRefusal(`The sessions of ${email} were not ended`, error)
  })
