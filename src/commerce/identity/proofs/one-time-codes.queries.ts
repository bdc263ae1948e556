/** All SQL of one-time codes. */
import { sql } from 'kysely'
import type { Tx } from '#platform/database'

export type CodePurpose = 'verify_email' | 'reset_by_email' | 'reset_by_phone'

/** Keeps the code of an account for a purpose; an older one is replaced, and may be tried no more. */
export async function upsertCode(
  tx: Tx,
  code: { accountId: number; purpose: CodePurpose; codeHash: string; expiresAt: Date },
  now: Date,
): Promise<void> {
  await sql`
    insert into identity.one_time_codes (account_id, purpose, code_hash, created_at, expires_at)
    values (${code.accountId}, ${code.purpose}, ${code.codeHash}, ${now}, ${code.expiresAt})
    on conflict (account_id, purpose) do update set code_hash = excluded.code_hash, wrong_tries = 0,
      created_at = excluded.created_at, expires_at = excluded.expires_at, used_at = null`.execute(tx)
}

/** Tries a code: the right one is used up, a wrong one counts. Whether it was the right one, of those who come at once for one alone. */
export async function tryCode(
  tx: Tx,
  tried: { accountId: number; purpose: CodePurpose; codeHash: string; triesMax: number },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql<{ isRight: boolean }>`
    update identity.one_time_codes
    set used_at = case when code_hash = ${tried.codeHash} then ${now}::timestamptz end,
      wrong_tries = wrong_tries + case when code_hash = ${tried.codeHash} then 0 else 1 end
    where account_id = ${tried.accountId} and purpose = ${tried.purpose} and used_at is null and expires_at > ${now}
      and wrong_tries < ${tried.triesMax}
    returning used_at is not null as is_right`.execute(tx)
  return rows[0]?.isRight === true
}

/** Voids the codes of an account for these purposes. */
export async function deleteCodes(tx: Tx, accountId: number, purposes: CodePurpose[]): Promise<void> {
  await sql`
    delete from identity.one_time_codes
    where account_id = ${accountId} and purpose = any(${purposes}::identity.code_purpose[])`.execute(tx)
}
