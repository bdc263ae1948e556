/** All SQL of profiles and addresses. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Address, AddressContent, AddressType } from './address.ts'
import { BLANK_PROFILE, type Profile, type ProfileChanges } from './profile.ts'

const addressColumns = sql.raw(`id, address_type, full_name, phone, address_line1, address_line2, city, state,
  postal_code, country, is_default, created_at, updated_at`)

/**
 * Lets one deed at a time change the addresses of an account. It locks the profile, which is made if
 * need be: rows that are not there yet (two first addresses at once) could not be locked.
 */
export async function lockCustomer(tx: Tx, accountId: number): Promise<void> {
  await sql`
    insert into customers.profiles as profile (account_id) values (${accountId})
    on conflict (account_id) do update set language = profile.language`.execute(tx)
}

/** What an account said about its person; the defaults where it said nothing. */
export async function findProfile(db: Db, accountId: number): Promise<Profile> {
  const { rows } = await sql<Profile>`
    select date_of_birth, avatar_url, language, marketing_opt_in, wish_alerts
    from customers.profiles where account_id = ${accountId}`.execute(db)
  return rows[0] ?? BLANK_PROFILE
}

/** Changes what is named, in one statement, so that two changes of different fields both stay. */
export async function upsertProfile(tx: Tx, accountId: number, changes: ProfileChanges): Promise<Profile> {
  const fresh = { ...BLANK_PROFILE, ...changes }
  const { rows } = await sql<Profile>`
    insert into customers.profiles as known (account_id, date_of_birth, avatar_url, language, marketing_opt_in, wish_alerts)
    values (${accountId}, ${fresh.dateOfBirth}, ${fresh.avatarUrl}, ${fresh.language}, ${fresh.marketingOptIn}, ${fresh.wishAlerts})
    on conflict (account_id) do update set
      date_of_birth = case when ${'dateOfBirth' in changes} then excluded.date_of_birth else known.date_of_birth end,
      avatar_url = case when ${'avatarUrl' in changes} then excluded.avatar_url else known.avatar_url end,
      language = case when ${'language' in changes} then excluded.language else known.language end,
      marketing_opt_in = case when ${'marketingOptIn' in changes} then excluded.marketing_opt_in else known.marketing_opt_in end,
      wish_alerts = case when ${'wishAlerts' in changes} then excluded.wish_alerts else known.wish_alerts end
    returning date_of_birth, avatar_url, language, marketing_opt_in, wish_alerts`.execute(tx)
  return rows[0]!
}

export type AddressesWanted = { addressType?: AddressType | undefined; limit: number; offset: number }

/** A page of an account's addresses, the defaults first, then the newest. Past the end, the count is 0 as well. */
export async function listAddresses(db: Db, accountId: number, wanted: AddressesWanted) {
  const { rows } = await sql<Address & { count: number }>`
    select ${addressColumns}, count(*) over () as count
    from customers.addresses
    where account_id = ${accountId}
      and (${wanted.addressType ?? null}::customers.address_type is null or address_type = ${wanted.addressType ?? null})
    order by is_default desc, id desc
    limit ${wanted.limit} offset ${wanted.offset}`.execute(db)
  return { rows: rows as Address[], count: rows[0]?.count ?? 0 }
}

/** All addresses of an account, in the order in which they were added. */
export async function listAddressBook(db: Db, accountId: number): Promise<Address[]> {
  const { rows } = await sql<Address>`
    select ${addressColumns} from customers.addresses where account_id = ${accountId} order by id`.execute(db)
  return rows
}

/** Those of the wanted addresses that belong to this account, by id. */
export async function findAddresses(db: Db, accountId: number, ids: number[]): Promise<Address[]> {
  const { rows } = await sql<Address>`
    select ${addressColumns} from customers.addresses
    where account_id = ${accountId} and id = any(${ids}::bigint[])
    order by id`.execute(db)
  return rows
}

export async function hasAddress(db: Db, accountId: number, type: AddressType): Promise<boolean> {
  const { rows } = await sql`
    select from customers.addresses where account_id = ${accountId} and address_type = ${type} limit 1`.execute(db)
  return rows.length > 0
}

export async function clearDefault(tx: Tx, accountId: number, type: AddressType, now: Date): Promise<void> {
  await sql`
    update customers.addresses set is_default = false, updated_at = ${now}
    where account_id = ${accountId} and address_type = ${type} and is_default`.execute(tx)
}

/** A default if it says so, or if there is none of its type yet. */
export async function insertAddress(tx: Tx, accountId: number, content: AddressContent, now: Date): Promise<Address> {
  const { rows } = await sql<Address>`
    insert into customers.addresses (account_id, address_type, full_name, phone, address_line1, address_line2, city,
      state, postal_code, country, is_default, created_at, updated_at)
    values (${accountId}, ${content.addressType}, ${content.fullName}, ${content.phone}, ${content.addressLine1},
      ${content.addressLine2}, ${content.city}, ${content.state}, ${content.postalCode}, ${content.country},
      ${content.isDefault} or not exists (
        select from customers.addresses where account_id = ${accountId} and address_type = ${content.addressType}),
      ${now}, ${now})
    returning ${addressColumns}`.execute(tx)
  return rows[0]!
}

export async function updateAddress(tx: Tx, id: number, content: AddressContent, now: Date): Promise<Address> {
  const { rows } = await sql<Address>`
    update customers.addresses set
      address_type = ${content.addressType}, full_name = ${content.fullName}, phone = ${content.phone},
      address_line1 = ${content.addressLine1}, address_line2 = ${content.addressLine2}, city = ${content.city},
      state = ${content.state}, postal_code = ${content.postalCode}, country = ${content.country},
      is_default = ${content.isDefault}, updated_at = ${now}
    where id = ${id}
    returning ${addressColumns}`.execute(tx)
  return rows[0]!
}

export async function deleteAddress(tx: Tx, accountId: number, id: number) {
  const { rows } = await sql<{ addressType: AddressType; isDefault: boolean }>`
    delete from customers.addresses where account_id = ${accountId} and id = ${id}
    returning address_type, is_default`.execute(tx)
  return rows[0]
}

/** The newest address of a type becomes its default. The caller knows that there is none. */
export async function promoteNewest(tx: Tx, accountId: number, type: AddressType, now: Date): Promise<void> {
  await sql`
    update customers.addresses set is_default = true, updated_at = ${now}
    where id = (
      select id from customers.addresses where account_id = ${accountId} and address_type = ${type}
      order by id desc limit 1)`.execute(tx)
}

/** All that an account said about its person goes: profile, addresses and wishes. */
export async function deleteCustomer(tx: Tx, accountId: number): Promise<void> {
  await sql`
    with addresses as (delete from customers.addresses where account_id = ${accountId}),
      wishes as (delete from customers.wishlist_items where account_id = ${accountId})
    delete from customers.profiles where account_id = ${accountId}`.execute(tx)
}
