/** Accounts as staff sees them. One that its owner has closed is not there any more. */
import { sql } from 'kysely'
import type { Account } from '#commerce/identity'
import { type Listing, partPattern } from './listing.ts'

export type AccountRow = Pick<
  Account,
  'id' | 'username' | 'email' | 'firstName' | 'lastName' | 'phone' | 'isActive' | 'isStaff' | 'joinedAt'
> & { isVerified: boolean }
export type AccountFilters = { isActive: boolean; isStaff: boolean }

/** As the index accounts_by_words has it. */
const said = sql`lower(coalesce(email, '') || ' ' || coalesce(username, '') || ' ' || first_name || ' ' || last_name || ' '
  || coalesce(phone, ''))`

/** The ids of accounts whose username or e-mail has this in it; the index finds them among all words. */
export const accountsNamed = (words: string) => sql`
  select id from identity.accounts where ${said} like ${partPattern(words)}
    and (lower(username) like ${partPattern(words)} or lower(email) like ${partPattern(words)})`

export const accountListing: Listing<AccountRow, AccountFilters> = {
  source: sql`(select * from identity.accounts where closed_at is null) account`,
  columns: sql<AccountRow>`account.id, account.username, account.email, account.first_name, account.last_name, account.phone,
    account.is_active, account.is_staff, account.joined_at, account.email_verified_at is not null as is_verified`,
  id: sql`account.id`,
  date: sql`account.joined_at`,
  search: (words) => sql`${said} like ${partPattern(words)}`,
  filters: {
    isActive: (isActive) => sql`account.is_active = ${isActive}`,
    isStaff: (isStaff) => sql`account.is_staff = ${isStaff}`,
  },
  orderings: { date_joined: sql`account.joined_at`, username: sql`account.username`, email: sql`account.email` },
}
