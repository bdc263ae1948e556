/** All SQL of second factors. An account has one secret at most; it counts once it is enabled. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

export type SecondFactor = { sealedSecret: string; isEnabled: boolean }

/** Keeps a secret that does not count yet; an earlier one that never did is replaced. Whether there was room for it. */
export async function upsertSecret(tx: Tx, accountId: number, sealedSecret: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into identity.second_factors as known (account_id, sealed_secret, created_at)
    values (${accountId}, ${sealedSecret}, ${now})
    on conflict (account_id) do update set sealed_secret = excluded.sealed_secret, created_at = excluded.created_at
      where known.enabled_at is null
    returning account_id`.execute(tx)
  return rows.length > 0
}

export async function findSecondFactor(db: Db, accountId: number): Promise<SecondFactor | undefined> {
  const { rows } = await sql<SecondFactor>`
    select sealed_secret, enabled_at is not null as is_enabled
    from identity.second_factors where account_id = ${accountId}`.execute(db)
  return rows[0]
}

/** Whether a sign-in to this account takes more than one factor (MP-048). */
export async function hasSecondFactor(db: Db, accountId: number): Promise<boolean> {
  return (await findSecondFactor(db, accountId))?.isEnabled === true
}

/** A step of 30 seconds of a secret, counted from 1970. */
export type TakenStep = { sealedSecret: string; step: number }

/** From now on the secret counts, unless it was replaced or enabled meanwhile; the code that has shown it is used up. */
export async function enableSecret(
  tx: Tx,
  accountId: number,
  { sealedSecret, step }: TakenStep,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update identity.second_factors set enabled_at = ${now}, last_step = ${step}
    where account_id = ${accountId} and sealed_secret = ${sealedSecret} and enabled_at is null returning account_id`.execute(
    tx,
  )
  return rows.length > 0
}

/** Uses up the code of a step, and those of all steps before it: of those who come with it at once one is served. */
export async function takeStep(tx: Tx, accountId: number, { sealedSecret, step }: TakenStep): Promise<boolean> {
  const { rows } = await sql`
    update identity.second_factors set last_step = ${step}
    where account_id = ${accountId} and sealed_secret = ${sealedSecret} and enabled_at is not null and last_step < ${step}
    returning account_id`.execute(tx)
  return rows.length > 0
}

/** These recovery codes, and no others. */
export async function replaceRecoveryHashes(tx: Tx, accountId: number, hashes: string[]): Promise<void> {
  await sql`
    with gone as (delete from identity.recovery_codes where account_id = ${accountId})
    insert into identity.recovery_codes (account_id, code_hash)
    select ${accountId}, code_hash from unnest(${hashes}::text[]) as made (code_hash)`.execute(tx)
}

/** Whether this is a recovery code of the account that nobody has used. */
export async function isRecoveryHashOpen(db: Db, accountId: number, hash: string): Promise<boolean> {
  const { rows } = await sql`
    select from identity.recovery_codes where account_id = ${accountId} and code_hash = ${hash} and used_at is null`.execute(
    db,
  )
  return rows.length > 0
}

/** Uses up a recovery code. */
export async function takeRecoveryHash(tx: Tx, accountId: number, hash: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update identity.recovery_codes set used_at = ${now}
    where account_id = ${accountId} and code_hash = ${hash} and used_at is null returning account_id`.execute(tx)
  return rows.length > 0
}

/** The second factor of an account goes, and its recovery codes with it; says whether it had one that counted. */
export async function deleteSecondFactor(tx: Tx, accountId: number): Promise<boolean> {
  const { rows } = await sql<{ counted: boolean }>`
    with codes as (delete from identity.recovery_codes where account_id = ${accountId})
    delete from identity.second_factors where account_id = ${accountId} returning enabled_at is not null as counted`.execute(
    tx,
  )
  return rows[0]?.counted ?? false
}
