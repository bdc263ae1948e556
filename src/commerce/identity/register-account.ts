import { inTransaction } from '#platform/database'
import { publish } from '#platform/events'
import { type FieldCodes, invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { type Account, type Device, findMalformedIdentifiers, type Surface } from './account.ts'
import { findTakenIdentifiers, insertAccount } from './accounts.queries.ts'
import { type Attempt, recordAttempt } from './attempts.queries.ts'
import { accountRegistered } from './events.ts'
import { noteAttempt, refuseTooMany } from './limited-attempts.ts'
import { findPasswordFaults } from './password-rules.ts'
import { hashPassword } from './passwords.ts'

export type Registration = {
  email: string
  username: string
  password: string
  passwordConfirm?: string | null | undefined
  firstName: string
  lastName: string
  phone?: string | null | undefined
}

const HOUR_MS = 3_600_000
const SURFACE: Surface = 'v1'

/**
 * Makes an account that is inactive until its e-mail is proven (V1-040…V1-047). `faults` is what the caller found, by field;
 * all that is wrong is told at once, names that are taken included. Every call counts: refuses `too_many_registrations`.
 */
export async function registerAccount(
  app: App,
  input: Partial<Registration>,
  device: Device,
  faults: FieldCodes = {},
): Promise<Account> {
  const sound = withoutFaulted(input, faults)
  const attempt: Attempt = { type: 'register', surface: SURFACE, device, identifier: sound.email }
  await refuseTooMany(app, attempt, limitOf(app))
  const found = { ...(await findFaults(app, sound)), ...faults }
  if (Object.keys(found).length > 0) {
    await noteAttempt(app, { ...attempt, failure: 'invalid_input' })
    throw invalidFields(found)
  }
  return storeAccount(app, input as Registration, attempt)
}

const faultNames: Record<keyof Registration, string> = {
  email: 'email',
  username: 'username',
  password: 'password',
  passwordConfirm: 'password_confirm',
  firstName: 'first_name',
  lastName: 'last_name',
  phone: 'phone',
}

/** What is in a field at fault may be anything: nothing more is said of it. */
function withoutFaulted(input: Partial<Registration>, faults: FieldCodes): Partial<Registration> {
  const sound = Object.entries(input).filter(
    ([field]) => !Object.hasOwn(faults, faultNames[field as keyof Registration]),
  )
  return Object.fromEntries(sound)
}

const limitOf = ({ config }: App) => ({
  counted: 'register',
  hits: config.REGISTER_IP_MAX_ATTEMPTS,
  windowMs: HOUR_MS,
  code: 'too_many_registrations',
  message: 'Too many registrations from this address',
})

async function findFaults(app: App, input: Partial<Registration>): Promise<FieldCodes> {
  const { email, username, phone, password, passwordConfirm, firstName, lastName } = input
  const names = { email, username, phone }
  const person = { username, email, 'first name': firstName, 'last name': lastName }
  const passwordFaults = password === undefined ? [] : findPasswordFaults(password, person)
  const differs = typeof passwordConfirm === 'string' && password !== undefined && passwordConfirm !== password
  return {
    ...(await findTakenIdentifiers(app.db, names)),
    ...findMalformedIdentifiers(names),
    ...(passwordFaults.length > 0 ? { password: passwordFaults } : {}),
    ...(differs ? { password_confirm: 'passwords_differ' } : {}),
  }
}

/** Stores the account; who loses a race for a name hears that it is taken (V1-041). */
async function storeAccount(app: App, input: Registration, attempt: Attempt): Promise<Account> {
  const now = app.now()
  const { email, username, phone, firstName, lastName } = input
  const passwordHash = await hashPassword(input.password)
  try {
    return await inTransaction(app.db, async (tx) => {
      const names = { email, username, phone: phone || null, firstName, lastName }
      const account = await insertAccount(tx, { ...names, passwordHash, joinedAt: now })
      await recordAttempt(tx, { ...attempt, accountId: account.id }, now)
      await publish(tx, accountRegistered({ accountId: account.id }))
      return account
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await noteAttempt(app, { ...attempt, failure: 'invalid_input' })
    // The index tells one name of those that were taken meanwhile.
    throw invalidFields({
      ...error.details.fields,
      ...(await findTakenIdentifiers(app.db, { email, username, phone })),
    })
  }
}
