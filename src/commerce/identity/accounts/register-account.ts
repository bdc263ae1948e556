import { inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import { type FieldCodes, invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { type Attempt, recordAttempt } from '../attempts/attempts.queries.ts'
import { noteAttempt, refuseTooMany } from '../attempts/limited-attempts.ts'
import { accountRegistered } from '../events.ts'
import { findPasswordFaults, personOf } from '../passwords/password-rules.ts'
import { hashPassword } from '../passwords/passwords.ts'
import { type Account, findMalformedIdentifiers, makeUsername, type Surface, type Visit } from './account.ts'
import { findTakenIdentifiers, insertAccount, releaseStaleEmail } from './accounts.queries.ts'

export type Registration = {
  email?: string | null | undefined
  /** Made up where a surface has none (V1-021). */
  username?: string | null | undefined
  phone?: string | null | undefined
  password: string
  passwordConfirm?: string | null | undefined
  firstName: string
  lastName: string
  isSeller?: boolean
}

/** Done with the new account in its transaction: a profile, addresses. */
export type Alongside<Extra> = (tx: Tx, account: Account) => Promise<Extra>

const HOUR_MS = 3_600_000

type Ways = { isLimited: boolean; isActive: boolean; phoneIsName: boolean }
/** On the marketplace the account is there at once (MP-023), elsewhere its e-mail has to be proven first. */
const ways: Record<Surface, Ways> = {
  v1: { isLimited: true, isActive: false, phoneIsName: false },
  nexus: { isLimited: true, isActive: false, phoneIsName: false },
  marketplace: { isLimited: true, isActive: true, phoneIsName: true },
  storefront: { isLimited: false, isActive: false, phoneIsName: true },
  admin: { isLimited: true, isActive: false, phoneIsName: false },
}

/**
 * Makes an account (V1-040…V1-047, NX-010…NX-014, MP-020…MP-023, SF-050…SF-066). `input` holds what is sound of what was
 * sent, `faults` what is not, by field; all that is wrong is told at once, names that are taken included. Where the surface
 * has a limit every call counts: refuses `too_many_registrations`.
 */
export async function registerAccount<Extra = undefined>(
  app: App,
  input: Partial<Registration>,
  visit: Visit,
  faults: FieldCodes = {},
  alongside?: Alongside<Extra>,
): Promise<{ account: Account; extra: Extra | undefined }> {
  const attempt: Attempt = { type: 'register', ...visit, identifier: input.email ?? input.phone ?? input.username }
  if (ways[visit.surface].isLimited) await refuseTooMany(app, attempt, limitOf(app, visit.surface))
  const found = { ...(await findFaults(app, input)), ...faults }
  if (Object.keys(found).length > 0) {
    await noteAttempt(app, { ...attempt, failure: 'invalid_input' })
    throw invalidFields(found)
  }
  return storeAccount(app, input as Registration, attempt, alongside)
}

const limitOf = ({ config }: App, surface: Surface) => ({
  counted: `register:${surface}`,
  hits: config.REGISTER_IP_MAX_ATTEMPTS,
  windowMs: HOUR_MS,
  code: 'too_many_registrations',
})

async function findFaults(app: App, input: Partial<Registration>): Promise<FieldCodes> {
  const { email, username, phone, password, passwordConfirm } = input
  const names = { email, username, phone }
  const passwordFaults = password === undefined ? [] : findPasswordFaults(password, personOf(input), app.config)
  const differs = typeof passwordConfirm === 'string' && password !== undefined && passwordConfirm !== password
  return {
    ...(await findTakenIdentifiers(app.db, names, app.now())),
    ...findMalformedIdentifiers(names),
    ...(passwordFaults.length > 0 ? { password: passwordFaults } : {}),
    ...(differs ? { password_confirm: 'passwords_differ' } : {}),
  }
}

/** Stores the account; who loses a race for a name hears that it is taken (V1-041, SF-066). */
async function storeAccount<Extra>(
  app: App,
  { passwordConfirm: _, password, ...input }: Registration,
  attempt: Attempt,
  alongside: Alongside<Extra> | undefined,
): Promise<{ account: Account; extra: Extra | undefined }> {
  const now = app.now()
  const { surface } = attempt
  const { isActive, phoneIsName } = ways[surface]
  const { email, phone } = input
  const username = input.username || makeUsername(email)
  const fresh = { ...input, email: email ?? null, phone: phone || null, username, isActive, joinedAt: now }
  const passwordHash = await hashPassword(password)
  try {
    return await inTransaction(app.db, async (tx) => {
      if (email) await releaseStaleEmail(tx, email, now)
      const account = await insertAccount(tx, {
        ...fresh,
        passwordHash,
        phoneSurface: phone && phoneIsName ? surface : null,
      })
      await recordAttempt(tx, { ...attempt, accountId: account.id }, now)
      const extra = await alongside?.(tx, account)
      if (email) await publish(tx, accountRegistered({ accountId: account.id, surface }))
      return { account, extra }
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await noteAttempt(app, { ...attempt, failure: 'invalid_input' })
    // The index tells one name of those that were taken meanwhile.
    throw invalidFields({ ...error.details.fields, ...(await findTakenIdentifiers(app.db, input, now)) })
  }
}
