import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { createSuperuser } from '#commerce/identity'
import type { Config } from '../config.ts'
import { explainRefusal } from './explain-refusal.ts'
import { withShop } from './with-shop.ts'

/** Makes a superuser. Without --password it makes a random one and prints it. */
export async function createAdmin(config: Config, args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { email: text, username: text, password: text } })
  const { email, username } = values
  if (!email) throw new Error('Say whom: create-admin --email somebody@example.com')
  const password = values.password ?? randomBytes(12).toString('base64url')
  await withShop(config, (app) =>
    createSuperuser(app, { email, password, ...(username ? { username } : {}) }).catch((error) => {
      throw explainRefusal(`${email} was not made an administrator`, error)
    }),
  )
  console.log(
    values.password
      ? `${email} may administer the shop.`
      : `${email} may administer the shop. Password: ${password}   (shown this once)`,
  )
}
