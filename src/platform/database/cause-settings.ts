/** What a transaction tells the database of its cause, for triggers that keep the audit trail (docs/decisions/0022). */
import pg from 'pg'
import { type Cause, currentCause } from '../scope.ts'

/** The statements that say who acts in the transaction that begins now; undefined where nothing is to be noted. */
export function causeSettings(): string | undefined {
  const cause = currentCause()
  if (!cause?.isAudited) return undefined
  return `set local souk.actor = ${pg.escapeLiteral(cause.actor)}; set local souk.cause = ${pg.escapeLiteral(toText(cause))}`
}

const toText = ({ requestId, route, actor, accountId, ip }: Cause): string =>
  JSON.stringify({ request_id: requestId, route, actor, account_id: accountId, ip })
