import { noteChange } from '#platform/changes'
import { inTransaction, type Tx } from '#platform/database'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Account } from '../accounts/account.ts'
import { deleteCodes } from '../proofs/one-time-codes.queries.ts'
import { voidTokens } from '../proofs/one-time-tokens.queries.ts'
import { logSessions } from '../sessions/session-log.ts'
import { endSessionsBut } from '../sessions/sessions.ts'
import { lockForStaff, superuserOnly } from './lock-for-staff.ts'
import { type StandingChanges, updateStanding } from './staff-accounts.queries.ts'

/**
 * Changes names and standing of an account (V1-152). Who is switched off is out at once, and no old letter lets him in
 * again; switched on, he signs in as before, if his e-mail is proven. Refuses as `lockForStaff` does; `superuser_only` to
 * grant or take `isStaff`; by field what somebody would change of his own standing: nobody shuts himself out.
 */
export async function changeAccountByStaff(
  app: App,
  staffId: number,
  accountId: number,
  changes: StandingChanges,
): Promise<Account> {
  const done = await inTransaction(app.db, async (tx) => {
    const { staff, account } = await lockForStaff(tx, staffId, accountId)
    if (staff.id === account.id) refuseOwnStanding(account, changes)
    if (changesStaff(account, changes) && !staff.isSuperuser) throw superuserOnly()
    noteChange(tx, `account:${accountId}`)
    const changed = await updateStanding(tx, accountId, changes, app.now())
    return { changed, ended: changes.isActive === false ? await shutOut(app, tx, accountId) : [] }
  })
  logSessions(app, 'account_disabled', accountId, done.ended)
  app.log.info({ account: accountId, by: staffId, changed: Object.keys(changes) }, 'account changed by staff')
  return done.changed
}

const changesStaff = (account: Account, { isStaff = account.isStaff }: StandingChanges) => isStaff !== account.isStaff

function refuseOwnStanding(own: Account, changes: StandingChanges): void {
  const faults: FieldCodes = {
    ...(changes.isActive === false ? { is_active: 'own_standing' } : {}),
    ...(changesStaff(own, changes) ? { is_staff: 'own_standing' } : {}),
  }
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
}

/** Returns the sessions that ended. */
async function shutOut(app: App, tx: Tx, accountId: number): Promise<string[]> {
  await voidTokens(tx, accountId, ['verify_email', 'reset_password', 'reset_grant', 'second_factor'], app.now())
  await deleteCodes(tx, accountId, ['verify_email', 'reset_by_email', 'reset_by_phone'])
  return endSessionsBut(app, tx, accountId, null, 'account_disabled')
}
