/** All SQL of what is made of attempts afterwards. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Place } from '#platform/location'
import type { Surface } from '../accounts/account.ts'

export type InspectedAttempt = {
  id: number
  accountId: number | null
  surface: Surface
  ipAddress: string
  userAgent: string
  succeeded: boolean
  attemptedAt: Date
  location: string
}

export async function findAttempt(db: Db, id: number): Promise<InspectedAttempt | undefined> {
  const { rows } = await sql<InspectedAttempt>`
    select id, account_id, surface, ip_address, user_agent, succeeded, attempted_at, coalesce(location, 'Unknown') as location
    from identity.security_attempts where id = ${id}`.execute(db)
  return rows[0]
}

/** More are never waiting, unless many came at once: those of long ago tell nothing. */
const WAITING_MAX = 50

/** An attempt, and the earlier sign-ins of its account, as far as it was not looked up yet where they came from. */
export async function listUnlocated(db: Db, id: number): Promise<{ id: number; ipAddress: string }[]> {
  const { rows } = await sql<{ id: number; ipAddress: string }>`
    select other.id, other.ip_address
    from identity.security_attempts this
    join identity.security_attempts other
      on other.id = this.id or (other.account_id = this.account_id and other.id < this.id and other.succeeded)
    where this.id = ${id} and other.location is null and other.attempt_type = 'login'
    order by other.id desc limit ${WAITING_MAX}`.execute(db)
  return rows
}

/** Notes where attempts came from. */
export async function setPlaces(tx: Tx, places: (Place & { id: number })[]): Promise<void> {
  await sql`
    update identity.security_attempts attempt
    set location = place.label, city = place.city, region = place.region, country = place.country
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
      as place (id bigint, label text, city text, region text, country text)
    where attempt.id = place.id and attempt.location is null`.execute(tx)
}

/** Says whether it was this call that did it. */
export async function markInspected(tx: Tx, id: number, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update identity.security_attempts set inspected_at = ${now} where id = ${id} and inspected_at is null
    returning id`.execute(tx)
  return rows.length > 0
}

/**
 * Whether the account was let in before, since a time, and whether from there: from the same country and region; where a
 * place is unknown, from the same network (NX-053).
 */
export async function hasEarlierSignIn(db: Db, { id }: InspectedAttempt, since: Date) {
  const { rows } = await sql<{ any: boolean; fromThere: boolean }>`
    select count(*) > 0 as any,
      coalesce(bool_or(case
        when this.country is not null and other.country is not null
          then other.country = this.country and other.region is not distinct from this.region
        when this.location = 'Local network' and other.location = 'Local network' then true
        else other.network = this.network
      end), false) as from_there
    from identity.security_attempts this
    join identity.security_attempts other on other.account_id = this.account_id and other.id < this.id
    where this.id = ${id} and other.attempt_type = 'login' and other.succeeded and other.attempted_at > ${since}`.execute(
    db,
  )
  return rows[0]!
}
