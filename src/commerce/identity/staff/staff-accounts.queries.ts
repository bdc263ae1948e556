/** All SQL of accounts as staff sees and changes them. An account that its owner has closed is not there any more. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import { type Account, normalizePhone } from '../accounts/account.ts'
import { accountColumns } from '../accounts/accounts.queries.ts'

export type AccountFilter = {
  /** Parts of e-mail, username, names or phone, in this order. */
  search?: string
  isActive?: boolean
  isStaff?: boolean
  /** By the day of joining; the newest first, unless false. */
  newestFirst: boolean
}

/** As the index `accounts_by_words` has it. */
const words = sql`lower(coalesce(email, '') || ' ' || coalesce(username, '') || ' ' || first_name || ' ' || last_name || ' '
  || coalesce(phone, ''))`

/** A page of accounts, and how many there are (V1-152). Planned anew for each filter: which index serves depends on it. */
export async function listAccounts(
  db: Db,
  { search, newestFirst, ...filter }: AccountFilter,
  page: { limit: number; offset: number },
): Promise<{ rows: Account[]; count: number }> {
  const { isActive = null, isStaff = null } = filter
  const pattern = search ? toPattern(search) : null
  const matching = sql`closed_at is null
    and (${pattern}::text is null or ${words} like lower(${pattern}))
    and (${isActive}::boolean is null or is_active = ${isActive})
    and (${isStaff}::boolean is null or is_staff = ${isStaff})`
  const direction = newestFirst ? sql`desc` : sql`asc`
  const { rows } = await sql<Account>`/* once */
    select ${accountColumns} from identity.accounts where ${matching}
    order by joined_at ${direction}, id ${direction} limit ${page.limit} offset ${page.offset}`.execute(db)
  const counted = await sql<{ count: number }>`/* once */
    select count(*)::int as count from identity.accounts where ${matching}`.execute(db)
  return { rows, count: counted.rows[0]!.count }
}

/** A phone is found however it is typed; of anything else the words have to stand in this order. */
function toPattern(search: string): string {
  const phone = normalizePhone(search)
  const parts = /^\+?\d{3,}$/.test(phone) ? [phone] : search.trim().split(/\s+/)
  return `%${parts.map((part) => part.replaceAll(/[\\%_]/g, '\\$&')).join('%')}%`
}

/** Refuses `account_not_found`. */
export async function getAccount(db: Db, id: number): Promise<Account> {
  const { rows } = await sql<Account>`
    select ${accountColumns} from identity.accounts where id = ${id} and closed_at is null`.execute(db)
  if (!rows[0]) throw missing('account')
  return rows[0]
}

/** Locks these accounts, always in the same order: two who lock each other wait, and the second one sees what the first did. */
export async function lockAccounts(tx: Tx, ids: number[]): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select ${accountColumns} from identity.accounts where id = any(${ids}::bigint[]) and closed_at is null
    order by id for no key update`.execute(tx)
  return rows
}

export type StandingChanges = {
  firstName?: string | undefined
  lastName?: string | undefined
  isActive?: boolean | undefined
  isStaff?: boolean | undefined
}

/** Changes what is named. When an account was switched off stands beside it; on again, that is forgotten. */
export async function updateStanding(
  tx: Tx,
  id: number,
  { firstName = null, lastName = null, isActive = null, isStaff = null }: Nulled<StandingChanges>,
  now: Date,
): Promise<Account> {
  const { rows } = await sql<Account>`
    update identity.accounts set
      first_name = coalesce(${firstName}, first_name),
      last_name = coalesce(${lastName}, last_name),
      is_staff = coalesce(${isStaff}, is_staff),
      is_active = coalesce(${isActive}, is_active),
      disabled_at = case ${isActive}::boolean when true then null when false then coalesce(disabled_at, ${now}) else disabled_at end
    where id = ${id} returning ${accountColumns}`.execute(tx)
  return rows[0]!
}

type Nulled<Fields> = { [Field in keyof Fields]: Fields[Field] | null }
