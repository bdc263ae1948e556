/** All SQL of what lets somebody in. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Account, Surface } from '../accounts/account.ts'
import { accountColumns } from '../accounts/accounts.queries.ts'
import { phoneSurfaces, type SignInName } from './sign-in-name.ts'

/** An account with what is needed to let its owner in. */
export type Credentials = Account & { passwordHash: string | null; hasSecondFactor: boolean }

/** Whom a name means on this surface. */
export async function findCredentials(db: Db, name: SignInName, surface: Surface): Promise<Credentials | undefined> {
  const { rows } = await sql<Credentials>`
    select ${accountColumns}, password_hash,
      exists (select from identity.second_factors where account_id = account.id and enabled_at is not null) as has_second_factor
    from identity.accounts account where ${isNamed(name, surface)}`.execute(db)
  return rows[0]
}

function isNamed({ kind, value }: SignInName, surface: Surface): RawBuilder<unknown> {
  if (kind === 'email') return sql`lower(email) = ${value}`
  if (kind === 'username') return sql`lower(username) = ${value}`
  return sql`phone = ${value}
    and (phone_verified_at is not null or phone_surface = any(${phoneSurfaces(surface)}::identity.surface[]))`
}

/** The same by id. */
export async function findCredentialsById(db: Db, accountId: number): Promise<Credentials | undefined> {
  const { rows } = await sql<Credentials>`
    select ${accountColumns}, password_hash,
      exists (select from identity.second_factors where account_id = account.id and enabled_at is not null) as has_second_factor
    from identity.accounts account where id = ${accountId}`.execute(db)
  return rows[0]
}

/** The same, locked: whoever would change the account at this moment comes after. */
export async function lockCredentials(tx: Tx, accountId: number): Promise<Credentials | undefined> {
  const { rows } = await sql<Credentials>`
    select ${accountColumns}, password_hash,
      exists (select from identity.second_factors where account_id = account.id and enabled_at is not null) as has_second_factor
    from identity.accounts account where id = ${accountId} for no key update of account`.execute(tx)
  return rows[0]
}

/** The password is another one from now on; with `from`, only where that is still the hash. Says whether it came to that. */
export async function updatePasswordHash(
  tx: Tx,
  accountId: number,
  passwordHash: string,
  from?: string | null,
): Promise<boolean> {
  const { rows } = await sql`
    update identity.accounts set password_hash = ${passwordHash}
    where id = ${accountId} and (${from === undefined} or password_hash is not distinct from ${from ?? null})
    returning id`.execute(tx)
  return rows.length > 0
}

/** The same password, hashed as we hash today; unless it was changed meanwhile. */
export async function upgradePasswordHash(tx: Tx, accountId: number, from: string, to: string): Promise<void> {
  await sql`
    update identity.accounts set password_hash = ${to} where id = ${accountId} and password_hash = ${from}`.execute(tx)
}
