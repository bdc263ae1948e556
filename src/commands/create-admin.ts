import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { createSuperuser } from '#commerce/identity'
import type { Config } from '../config.ts'
import { openQuestions } from './ask.ts'
import { explainRefusal } from './explain-refusal.ts'
import { withShop } from './with-shop.ts'

/** Makes a superuser (NX-158, V1-175). Without --email it asks for the e-mail and a password; without a password it makes a random one and prints it. */
export async function createAdmin(config: Config, args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { email: text, username: text, password: text } })
  const { username } = values
  const { email, password: told } = values.email
    ? { email: values.email, password: values.password }
    : await askFor(values.password)
  if (!email) throw new Error('Say whom: create-admin --email somebody@example.com')
  const password = told || randomBytes(12).toString('base64url')
  await withShop(config, (app) =>
    createSuperuser(app, { email, password, ...(username ? { username } : {}) }).catch((error) => {
      throw explainRefusal(`${email} was not made an administrator`, error)
    }),
  )
  console.log(
    told
      ? `${email} may administer the shop.`
      : `${email} may administer the shop. Password: ${password}   (shown this once)`,
  )
}

async function askFor(password: string | undefined): Promise<{ email: string; password: string | undefined }> {
  const questions = openQuestions()
  try {
    const email = await questions.ask('E-mail: ')
    if (!email || password !== undefined) return { email, password }
    return { email, password: await questions.ask('Password (nothing for a random one): ', { hidden: true }) }
  } finally {
    questions.close()
  }
}
