import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { createSuperuser } from '#commerce/identity'
import { Refusal } from '#platform/refusal.ts'
import { compose } from '../composition.ts'
import type { Config } from '../config.ts'

/** Makes a superuser. Without --password it makes a random one and prints it. */
export async function createAdmin(config: Config, args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { email: { type: 'string' }, username: { type: 'string' }, password: { type: 'string' } },
  })
  const { email, username } = values
  if (!email) throw new Error('Say whom: create-admin --email somebody@example.com')
  const password = values.password ?? randomBytes(12).toString('base64url')
  const { app, close } = await compose(config, { worker: false })
  try {
    await createSuperuser(app, { email, password, ...(username ? { username } : {}) })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Error(`${email} was not made an administrator: ${JSON.stringify(error.details.fields ?? error.message)}`)
  } finally {
    await close()
  }
  console.log(
    values.password ? `${email} may administer the shop.` : `${email} may administer the shop. Password: ${password}`,
  )
}
