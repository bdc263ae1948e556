/** What the lists of figures have in common: the account joined to a row, who is searched for, and when it was. */
import { type RawBuilder, sql } from 'kysely'
import { accountsNamed } from '../accounts.queries.ts'

/** The account of this column, for `Owner`. */
export const joinAccount = (accountId: RawBuilder<unknown>) =>
  sql`left join identity.accounts account on account.id = ${accountId}`

export const OWNER = sql`account.id as account_id, account.username, account.email as account_email`

/** Whether this column names an account that is called so. */
export const isNamed = (accountId: RawBuilder<unknown>, words: string) =>
  sql<boolean>`${accountId} in (${accountsNamed(words)})`

/** By the days that something happened on: the one, or from the first moment of one until before the last of another. */
export type TimeFilters = { on: Date; from: Date; until: Date }

const DAY_MS = 86_400_000

export const timeFilters = (column: RawBuilder<unknown>) => ({
  on: (day: Date) => sql<boolean>`${column} >= ${day} and ${column} < ${new Date(day.getTime() + DAY_MS)}`,
  from: (from: Date) => sql<boolean>`${column} >= ${from}`,
  until: (until: Date) => sql<boolean>`${column} < ${until}`,
})

/** The same of a column of days. */
export const dayFilters = (column: RawBuilder<unknown>) => ({
  on: (day: Date) => sql<boolean>`${column} = ${day.toISOString().slice(0, 10)}::date`,
  from: (from: Date) => sql<boolean>`${column} >= ${from.toISOString().slice(0, 10)}::date`,
  // The last day of all has none after it that is written with four digits.
  until: (until: Date) =>
    sql<boolean>`${column} <= ${new Date(until.getTime() - DAY_MS).toISOString().slice(0, 10)}::date`,
})
