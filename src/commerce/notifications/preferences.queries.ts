/** All SQL of preferences. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Category } from './preferences.ts'

export type StoredPreference = { category: Category; email: boolean | null; sms: boolean; inApp: boolean }

export async function listPreferences(db: Db, accountId: number): Promise<StoredPreference[]> {
  const { rows } = await sql<StoredPreference>`
    select category, email, sms, in_app from notifications.preferences where account_id = ${accountId}`.execute(db)
  return rows
}

/** What these accounts said of one category, by account. */
export async function findSaidOf(
  db: Db,
  accountIds: number[],
  category: Category,
): Promise<Map<number, StoredPreference>> {
  const { rows } = await sql<StoredPreference & { accountId: number }>`
    select account_id, category, email, sms, in_app from notifications.preferences
    where account_id = any(${accountIds}::bigint[]) and category = ${category}`.execute(db)
  return new Map(rows.map(({ accountId, ...said }) => [accountId, said]))
}

export async function upsertPreferences(tx: Tx, accountId: number, said: StoredPreference[]): Promise<void> {
  await sql`
    insert into notifications.preferences (account_id, category, email, sms, in_app)
    select ${accountId}, * from unnest(${said.map((each) => each.category)}::text[],
      ${said.map((each) => each.email)}::boolean[], ${said.map((each) => each.sms)}::boolean[],
      ${said.map((each) => each.inApp)}::boolean[])
    on conflict (account_id, category)
    do update set email = excluded.email, sms = excluded.sms, in_app = excluded.in_app`.execute(tx)
}
