/** Figures stay; whose they were does not (SF-507). */
import { sql } from 'kysely'
import type { Tx } from '#platform/database'
import { forgetCustomerValue } from './customer-values.queries.ts'
import { forgetReportsOfCustomers } from './report-files.queries.ts'

/** What an account did is counted on, but it is nobody's any more. */
export async function forgetVisitor(tx: Tx, accountId: number): Promise<void> {
  await sql`
    update analytics.user_activities set account_id = null, ip_address = null, user_agent = null, details = '{}'
    where account_id = ${accountId}`.execute(tx)
  await sql`
    update analytics.interactions set account_id = null, session_id = null, ip_address = null, user_agent = null
    where account_id = ${accountId}`.execute(tx)
  await sql`
    update analytics.requests set account_id = null, session_id = null, ip_address = null, user_agent = null, referer = null,
      request_data = null
    where account_id = ${accountId}`.execute(tx)
  await sql`update analytics.errors set account_id = null where account_id = ${accountId}`.execute(tx)
  await sql`update analytics.abandoned_carts set account_id = null where account_id = ${accountId}`.execute(tx)
  await sql`
    update analytics.visitors set visitor = 'forgotten ' || gen_random_uuid()
    where visitor = ${`account ${accountId}`}`.execute(tx)
  await forgetCustomerValue(tx, accountId)
  await forgetReportsOfCustomers(tx)
}
