/** All SQL of accounts. */

import { type RawBuilder, sql } from 'kysely'
import { noteChange } from '#platform/changes'
import type { Db, Tx } from '#platform/database'
import { type FieldCodes, invalidFields, missing } from '#platform/refusal.ts'
import { type Account, type Identifiers, normalizeEmail, normalizePhone, type Surface } from './account.ts'

/** Everything of an account but its password hash. */
export const accountColumns = sql`id, uuid, email, username, phone, first_name, last_name, is_active, is_seller, is_staff,
  is_superuser, email_verified_at, disabled_at, joined_at, last_login_at`

export type NewAccount = {
  email?: string | null
  username?: string | null
  phone?: string | null
  passwordHash: string | null
  firstName?: string
  lastName?: string
  isActive?: boolean
  isSeller?: boolean
  isStaff?: boolean
  isSuperuser?: boolean
  emailVerifiedAt?: Date | null
  phoneVerifiedAt?: Date | null
  /** Where the phone was given as a name to sign in with (V1-022). */
  phoneSurface?: Surface | null
  joinedAt: Date
}

/** Refuses an e-mail, username or phone that somebody has. */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<Account> {
  return refusingTaken(
    tx,
    sql<Account>`
      insert into identity.accounts (email, username, phone, password_hash, first_name, last_name,
        is_active, is_seller, is_staff, is_superuser, email_verified_at, phone_verified_at, phone_surface, joined_at)
      values (${account.email ? normalizeEmail(account.email) : null}, ${account.username || null},
        ${account.phone ? normalizePhone(account.phone) : null}, ${account.passwordHash},
        ${account.firstName ?? ''}, ${account.lastName ?? ''},
        ${account.isActive ?? false}, ${account.isSeller ?? false}, ${account.isStaff ?? false}, ${account.isSuperuser ?? false},
        ${account.emailVerifiedAt ?? null}, ${account.phoneVerifiedAt ?? null}, ${account.phoneSurface ?? null},
        ${account.joinedAt})
      returning ${accountColumns}`,
  )
}

export type AccountChanges = {
  firstName?: string | undefined
  lastName?: string | undefined
  username?: string | undefined
  phone?: string | null | undefined
  /** Where the phone is given as a name to sign in with; a profile's phone is none (V1-022). */
  phoneSurface?: Surface | undefined
  email?: string | null | undefined
}

/**
 * Changes what is named. A phone or an e-mail that changes is no longer proven (V1-022). Refuses what somebody else has; and
 * `account_not_found`, for one that was closed meanwhile.
 */
export async function updateAccount(tx: Tx, id: number, changes: AccountChanges): Promise<Account> {
  const phone = changes.phone ? normalizePhone(changes.phone) : null
  const changesPhone = changes.phone !== undefined
  const email = changes.email ? normalizeEmail(changes.email) : null
  const changesEmail = changes.email !== undefined
  if (changes.firstName !== undefined || changes.lastName !== undefined) noteChange(tx, `account:${id}`)
  return refusingTaken(
    tx,
    sql<Account>`
      update identity.accounts set
        first_name = coalesce(${changes.firstName ?? null}, first_name),
        last_name = coalesce(${changes.lastName ?? null}, last_name),
        username = coalesce(${changes.username ?? null}, username),
        email = case when ${changesEmail} and email_verified_at is null then ${email} else email end,
        phone_surface = case
          when ${changesPhone} and (phone is distinct from ${phone} or phone_surface is null) then ${changes.phoneSurface ?? null}
          else phone_surface
        end,
        phone_verified_at = case when ${changesPhone} and phone is distinct from ${phone} then null else phone_verified_at end,
        phone = case when ${changesPhone} then ${phone} else phone end
      where id = ${id} and closed_at is null returning ${accountColumns}`,
  )
}

const takenCodes: Record<string, FieldCodes> = {
  accounts_email: { email: 'email_taken' },
  accounts_username: { username: 'username_taken' },
  accounts_phone: { phone: 'phone_taken' },
}

/** Two who ask at once both find a name free; the index lets one have it, and the other hears what he would have heard. */
async function refusingTaken(tx: Tx, statement: RawBuilder<Account>): Promise<Account> {
  try {
    const { rows } = await statement.execute(tx)
    if (!rows[0]) throw missing('account')
    return rows[0]
  } catch (error) {
    const taken = takenCodes[String((error as { constraint?: unknown }).constraint)]
    throw taken ? invalidFields(taken) : error
  }
}

/**
 * Which of these names another account has, by field. An e-mail that a registration of more than a day ago names, and that was
 * never proven, is free, and so are the other names of that account, which goes with it: nobody can keep a stranger's address
 * from being registered.
 */
export async function findTakenIdentifiers(
  db: Db,
  names: Identifiers,
  now: Date,
  exceptAccountId = 0,
): Promise<FieldCodes> {
  const email = names.email ? normalizeEmail(names.email) : null
  const username = names.username || null
  const phone = names.phone ? normalizePhone(names.phone) : null
  if (email === null && username === null && phone === null) return {}
  const { rows } = await sql<{ email: boolean; username: boolean; phone: boolean }>`
    select
      exists (select from identity.accounts where lower(email) = lower(${email}) and id <> ${exceptAccountId}
        and (email_verified_at is not null or joined_at > ${staleBefore(now)})) as email,
      exists (select from identity.accounts where lower(username) = lower(${username}) and id <> ${exceptAccountId}
        and not (${isStale(email, now)})) as username,
      exists (select from identity.accounts where phone = ${phone} and id <> ${exceptAccountId}
        and not (${isStale(email, now)})) as phone`.execute(db)
  const taken = rows[0]!
  return {
    ...(taken.email ? takenCodes.accounts_email : {}),
    ...(taken.username ? takenCodes.accounts_username : {}),
    ...(taken.phone ? takenCodes.accounts_phone : {}),
  }
}

const DAY_MS = 86_400_000
/** An account that could not be used yet, with an address that nobody has proven within a day: it gives way. */
const isStale = (email: string | null, now: Date) => sql`coalesce(lower(email) = ${email}, false)
  and email_verified_at is null and joined_at <= ${staleBefore(now)} and not is_active and disabled_at is null`
const staleBefore = (now: Date) => new Date(now.getTime() - DAY_MS)

/**
 * Frees an e-mail that was registered more than a day ago and never proven: an account that could not be used yet goes, one
 * that is in use (by its phone) loses the address.
 */
export async function releaseStaleEmail(tx: Tx, email: string, now: Date): Promise<void> {
  const address = normalizeEmail(email)
  await sql`
    with gone as (delete from identity.accounts where ${isStale(address, now)})
    update identity.accounts set email = null
    where lower(email) = ${address} and email_verified_at is null and joined_at <= ${staleBefore(now)} and is_active
      and (username is not null or phone is not null)`.execute(tx)
}

export async function findAccount(db: Db, id: number): Promise<Account | undefined> {
  const { rows } = await sql<Account>`select ${accountColumns} from identity.accounts where id = ${id}`.execute(db)
  return rows[0]
}

/** Those of these accounts that there are, in no particular order. */
export async function findAccounts(db: Db, ids: number[]): Promise<Account[]> {
  const { rows } = await sql<Account>`
    select ${accountColumns} from identity.accounts where id = any(${ids}::bigint[])`.execute(db)
  return rows
}

/** First and last names of these accounts, by id; both are empty for one that was closed. One statement. */
export async function findNames(db: Db, ids: number[]): Promise<Map<number, { firstName: string; lastName: string }>> {
  const { rows } = await sql<{ id: number; firstName: string; lastName: string }>`
    select id, first_name, last_name from identity.accounts where id = any(${ids}::bigint[])`.execute(db)
  return new Map(rows.map(({ id, firstName, lastName }) => [id, { firstName, lastName }]))
}

export async function findAccountByEmail(db: Db, email: string): Promise<Account | undefined> {
  const { rows } = await sql<Account>`
    select ${accountColumns} from identity.accounts where lower(email) = lower(${normalizeEmail(email)})`.execute(db)
  return rows[0]
}

/** The e-mail is proven: the account becomes active. Nothing where it was proven before, so that no old link revives an account. */
export async function activateAccount(tx: Tx, id: number, now: Date): Promise<Account | undefined> {
  const { rows } = await sql<Account>`
    update identity.accounts set is_active = true, email_verified_at = ${now}
    where id = ${id} and email_verified_at is null and disabled_at is null returning ${accountColumns}`.execute(tx)
  return rows[0]
}

/** The phone has received what was sent to it. */
export async function markPhoneVerified(tx: Tx, id: number, now: Date): Promise<void> {
  await sql`
    update identity.accounts set phone_verified_at = coalesce(phone_verified_at, ${now}) where id = ${id}`.execute(tx)
}

/** Whether somebody runs this shop already. */
export async function hasSuperuser(db: Db): Promise<boolean> {
  const { rows } = await sql`select from identity.accounts where is_superuser limit 1`.execute(db)
  return rows.length > 0
}
