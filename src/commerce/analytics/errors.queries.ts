/** What went wrong in the house (SF-420, SF-433). */
import { sql } from 'kysely'
import type { Db } from '#platform/database'

export type NotedError = {
  happenedAt: Date
  /** The address that was asked for, the name of a job, or what else it was about. */
  endpoint: string
  message: string
  stackTrace: string | null
  accountId: number | null
}

export async function insertErrors(db: Db, errors: NotedError[]): Promise<void> {
  await sql`
    insert into analytics.errors (happened_at, endpoint, message, stack_trace, account_id)
    select came."happenedAt", came.endpoint, came.message, came."stackTrace", account.id
    from json_to_recordset(${JSON.stringify(errors)}::json) as came (
      "happenedAt" timestamptz, endpoint text, message text, "stackTrace" text, "accountId" bigint)
    left join identity.accounts account on account.id = came."accountId" and account.closed_at is null
    order by came."happenedAt"`.execute(db)
}
