import { inTransaction } from '#platform/database'
import { publish } from '#platform/events'
import { claimHit } from '#platform/limits'
import { type FieldCodes, invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { type Account, type Device, findMalformedIdentifiers, type Surface } from './account.ts'
import { findTakenIdentifiers, insertAccount } from './accounts.queries.ts'
import { type Attempt, recordAttempt } from './attempts.queries.ts'
import { accountRegistered } from './events.ts'
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
  const attempt: Attempt = { type: 'register', surface: SURFACE, device, identifier: input.email }
  await refuseTooMany(app, attempt)
  const found = { ...(await findFaults(app, input, faults)), ...faults }
  if (Object.keys(found).length > 0) {
    await note(app, { ...attempt, failure: 'invalid_input' })
    throw invalidFields(found)
  }
  return storeAccount(app, input as Registration, attempt)
}

async function refuseTooMany(app: App, attempt: Attempt): Promise<void> {
  const limit = { hits: app.config.REGISTER_IP_MAX_ATTEMPTS, windowMs: HOUR_MS }
  const claim = await claimHit(app.db, `register:${attempt.device.ip}`, limit, app.now())
  if (claim.allowed) return
  await note(app, { ...attempt, failure: 'rate_limited' })
  const { retryAfterS } = claim
  throw new Refusal('limited', 'too_many_registrations', 'Too many registrations from this address', { retryAfterS })
}

/** What is wrong with the fields in which the caller found nothing. */
async function findFaults(app: App, input: Partial<Registration>, found: FieldCodes): Promise<FieldCodes> {
  const sound = <Field extends keyof Registration>(field: Field, name: string) =>
    Object.hasOwn(found, name) ? undefined : input[field]
  const names = { email: sound('email', 'email'), username: sound('username', 'username'), phone: sound('phone', 'phone') }
  const malformed = findMalformedIdentifiers(names)
  const password = sound('password', 'password')
  const person = { ...names, 'first name': sound('firstName', 'first_name'), 'last name': sound('lastName', 'last_name') }
  const passwordFaults = password === undefined ? [] : findPasswordFaults(password, person)
  const confirmation = sound('passwordConfirm', 'password_confirm') ?? undefined
  return {
    ...(await findTakenIdentifiers(app.db, names)),
    ...malformed,
    ...(passwordFaults.length > 0 ? { password: passwordFaults } : {}),
    ...(confirmation !== undefined && confirmation !== input.password ? { password_confirm: 'passwords_differ' } : {}),
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
    if (error instanceof Refusal) await note(app, { ...attempt, failure: 'invalid_input' })
    throw error
  }
}

const note = (app: App, attempt: Attempt) => inTransaction(app.db, (tx) => recordAttempt(tx, attempt, app.now()))
