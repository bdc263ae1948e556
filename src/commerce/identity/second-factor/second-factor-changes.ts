/** How a second factor is changed by who is signed in: for a right code, counted, noted and told. */
import { inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Visit } from '../accounts/account.ts'
import { recordAttempt } from '../attempts/attempts.queries.ts'
import { type CredentialChange, credentialsChanged } from '../events.ts'
import { logSessions } from '../sessions/session-log.ts'
import { endSessionsBut, requireOpenSession } from '../sessions/sessions.ts'
import { codeIncorrect, findRightCode, takeRightCode } from './second-factor-codes.ts'
import { tryCode } from './second-factor-tries.ts'

/** Who changes something, and by which session: that one stays. */
export type Holder = { accountId: number; sessionId: string }

/** Writes a change for a right code, and uses that up with it. */
export function useOwnCode(
  app: App,
  holder: Holder,
  code: string,
  visit: Visit,
  what: CredentialChange,
  write: (tx: Tx) => Promise<void>,
): Promise<void> {
  const { accountId } = holder
  return tryOwnCode(app, holder, visit, async () => {
    const right = await findRightCode(app, accountId, code)
    if (!right) throw codeIncorrect()
    await writeChange(app, holder, visit, what, async (tx) => {
      await takeRightCode(tx, accountId, right, app.now())
      await write(tx)
    })
  })
}

/** Who is signed in filled in a form: there a wrong code is the fault of a field. */
export async function tryOwnCode(
  app: App,
  { accountId }: Holder,
  visit: Visit,
  deed: () => Promise<void>,
): Promise<void> {
  try {
    await tryCode(app, { type: 'otp', ...visit, accountId }, deed)
  } catch (error) {
    const isWrong = error instanceof Refusal && error.code === 'second_factor_incorrect'
    throw isWrong ? invalidFields({ code: 'code_incorrect' }) : error
  }
}

/** What goes with every change: the session is still open, whatever went on meanwhile; the attempt is noted, the owner is told, and other sessions end where it was switched on or off. */
export async function writeChange(
  app: App,
  { accountId, sessionId }: Holder,
  visit: Visit,
  what: CredentialChange,
  write: (tx: Tx) => Promise<void>,
): Promise<void> {
  const ended = await inTransaction(app.db, async (tx) => {
    await recordAttempt(tx, { type: 'otp', ...visit, accountId }, app.now())
    await requireOpenSession(tx, sessionId)
    await write(tx)
    await publish(tx, credentialsChanged({ accountId, what }))
    if (what === 'recovery_codes_replaced') return []
    return endSessionsBut(app, tx, accountId, sessionId, 'second_factor_changed')
  })
  logSessions(app, 'second_factor_changed', accountId, ended)
}
