import { inTransaction } from '#platform/database'
import { publish } from '#platform/events'
import type { App } from '../../app.ts'
import { credentialsChanged } from '../events.ts'
import { voidTokens } from '../proofs/one-time-tokens.queries.ts'
import { deleteSecondFactor } from '../second-factor/second-factor.queries.ts'
import { logSessions } from '../sessions/session-log.ts'
import { endSessionsBut } from '../sessions/sessions.ts'
import { lockForStaff, superuserOnly } from './lock-for-staff.ts'

/**
 * Takes the second factor from an account whose owner has lost it, and the recovery codes too: a superuser has made sure, by
 * other means, who asks. All its sessions end, a sign-in that is half done is void, and the owner is told. Nothing happens
 * where there is no second factor. Refuses `superuser_only`, and as `lockForStaff` does.
 */
export async function resetSecondFactor(app: App, staffId: number, accountId: number): Promise<void> {
  const ended = await inTransaction(app.db, async (tx) => {
    const { staff } = await lockForStaff(tx, staffId, accountId)
    if (!staff.isSuperuser) throw superuserOnly()
    if (!(await deleteSecondFactor(tx, accountId))) return []
    await voidTokens(tx, accountId, ['second_factor'], app.now())
    await publish(tx, credentialsChanged({ accountId, what: 'two_factor_disabled' }))
    return endSessionsBut(app, tx, accountId, null, 'ended_by_staff')
  })
  logSessions(app, 'ended_by_staff', accountId, ended)
  app.log.info({ account: accountId, by: staffId }, 'second factor reset by staff')
}
