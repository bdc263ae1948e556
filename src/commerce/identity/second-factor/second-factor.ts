/** The second factor of an account, as its owner sets it up, switches it on and off (MP-048). It is off until then. */
import { inTransaction, type Tx } from '#platform/database'
import { readSender } from '#platform/mail'
import { missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Visit } from '../accounts/account.ts'
import { findAccount } from '../accounts/accounts.queries.ts'
import { hasPassword } from '../accounts/closed-accounts.queries.ts'
import { confirmPassword } from '../passwords/change-password.ts'
import { confirmUnlessFresh } from '../passwords/confirm-freshly.ts'
import { voidTokens } from '../proofs/one-time-tokens.queries.ts'
import { hashRecoveryCode, makeRecoveryCodes } from './recovery-codes.ts'
import {
  deleteSecondFactor,
  enableSecret,
  findSecondFactor,
  hasSecondFactor,
  replaceRecoveryHashes,
  upsertSecret,
} from './second-factor.queries.ts'
import { type Holder, tryOwnCode, useOwnCode, writeChange } from './second-factor-changes.ts'
import { codeIncorrect, findStep, makeSecret, otpauthUrl } from './second-factor-codes.ts'

/**
 * A new secret, as text and for a picture; it counts once a code of it was shown to `enableSecondFactor`. An earlier one
 * that never counted is replaced. Refuses `second_factor_on`.
 */
export async function setUpSecondFactor(app: App, accountId: number): Promise<{ secret: string; otpauthUrl: string }> {
  const account = await findAccount(app.db, accountId)
  if (!account) throw missing('account')
  const { secret, sealedSecret } = await makeSecret(app, accountId)
  const isKept = await inTransaction(app.db, (tx) => upsertSecret(tx, accountId, sealedSecret, app.now()))
  if (!isKept) throw alreadyOn()
  const label = account.email ?? account.phone ?? account.username ?? account.uuid
  return { secret, otpauthUrl: otpauthUrl(secret, readSender(app.config.MAIL_FROM).name || 'Souk', label) }
}

/**
 * Switches the second factor on for who shows a right code of its secret, and has signed in a moment ago or knows the
 * password (ASVS 7.5.1); his other sessions end (ASVS 7.4.3). Returns the
 * recovery codes: they are nowhere else to be read again. Refuses `second_factor_not_set_up`, `second_factor_on`, by field
 * `code_incorrect`, `too_many_wrong_codes`, and as `confirmUnlessFresh` does.
 */
export async function enableSecondFactor(
  app: App,
  holder: Holder,
  { code, password }: { code: string; password?: string | null | undefined },
  visit: Visit,
): Promise<{ recoveryCodes: string[] }> {
  const { accountId } = holder
  const factor = await findSecondFactor(app.db, accountId)
  if (!factor) throw notSetUp()
  if (factor.isEnabled) throw alreadyOn()
  await confirmUnlessFresh(app, { ...visit, ...holder, currentPassword: password })
  const recoveryCodes = makeRecoveryCodes()
  await tryOwnCode(app, holder, visit, async () => {
    const shown = await findStep(app, accountId, factor, code)
    if (!shown) throw codeIncorrect()
    await writeChange(app, holder, visit, 'two_factor_enabled', async (tx) => {
      if (!(await enableSecret(tx, accountId, shown, app.now()))) throw alreadyOn()
      await keepRecoveryCodes(app, tx, accountId, recoveryCodes)
    })
  })
  return { recoveryCodes }
}

/**
 * Switches the second factor off for who knows the password and has a code, or a recovery code; his other sessions end.
 * Refuses `second_factor_not_set_up`, by field `password_incorrect` and `code_incorrect`, `too_many_wrong_passwords` and
 * `too_many_wrong_codes`.
 */
export async function disableSecondFactor(
  app: App,
  holder: Holder,
  { password, code }: { password: string; code: string },
  visit: Visit,
): Promise<void> {
  const { accountId } = holder
  if (!(await hasSecondFactor(app.db, accountId))) throw notSetUp()
  // Who came by Google has none: the code is all that he can show.
  if (await hasPassword(app.db, accountId))
    await confirmPassword(app, { ...visit, accountId, field: 'password' }, password)
  await useOwnCode(app, holder, code, visit, 'two_factor_disabled', async (tx) => {
    await deleteSecondFactor(tx, accountId)
    await voidTokens(tx, accountId, ['second_factor'], app.now())
  })
}

/** Other recovery codes for who has a code; the old ones are void. Refuses as `disableSecondFactor` does, but for a password. */
export async function replaceRecoveryCodes(
  app: App,
  holder: Holder,
  { code }: { code: string },
  visit: Visit,
): Promise<{ recoveryCodes: string[] }> {
  if (!(await hasSecondFactor(app.db, holder.accountId))) throw notSetUp()
  const recoveryCodes = makeRecoveryCodes()
  await useOwnCode(app, holder, code, visit, 'recovery_codes_replaced', (tx) =>
    keepRecoveryCodes(app, tx, holder.accountId, recoveryCodes),
  )
  return { recoveryCodes }
}

function keepRecoveryCodes(app: App, tx: Tx, accountId: number, codes: string[]): Promise<void> {
  return replaceRecoveryHashes(
    tx,
    accountId,
    codes.map((code) => hashRecoveryCode(code, accountId, app.config)),
  )
}

const notSetUp = () => new Refusal('conflict', 'second_factor_not_set_up', 'There is no second factor')
const alreadyOn = () => new Refusal('conflict', 'second_factor_on', 'The second factor is on already')
