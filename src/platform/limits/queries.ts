import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

/** At most `hits` within any stretch of `windowMs`. */
export type Limit = { hits: number; windowMs: number }
export type Claim = { allowed: true } | { allowed: false; retryAfterS: number }

/**
 * Counts one hit against a key and says whether it was within the limit. One statement under one row lock: of many
 * parallel claims exactly `limit.hits` are allowed. A refused claim does not count, so it does not prolong the wait.
 * It stands by itself, outside any transaction: it has to count though the caller then refuses and rolls back.
 */
export async function claimHit(db: Db, key: string, limit: Limit, now: Date): Promise<Claim> {
  assert(!db.isTransaction, 'a hit counts by itself, not inside a transaction')
  const windowStart = new Date(now.getTime() - limit.windowMs)
  const { rows } = await sql<{ oldest: Date; allowed: boolean }>`
    insert into platform.limits as known (key, hits, allowed, expires_at)
    values (${key}, array[${now}::timestamptz], true, ${new Date(now.getTime() + limit.windowMs)})
    on conflict (key) do update set (hits, allowed, expires_at) = (
      select
        coalesce(array_agg(hit order by hit), '{}')
          || case when count(*) < ${limit.hits} then excluded.hits else '{}' end,
        count(*) < ${limit.hits},
        excluded.expires_at
      from unnest(known.hits) hit where hit > ${windowStart})
    returning hits[1] as oldest, allowed`.execute(db)
  const { oldest, allowed } = rows[0]!
  if (allowed) return { allowed }
  return { allowed, retryAfterS: Math.max(1, Math.ceil((oldest.getTime() - windowStart.getTime()) / 1000)) }
}

/** Gives back one hit of a key, at most once: it turned out not to count. */
export async function releaseHit(db: Db, { key, at }: { key: string; at: Date }): Promise<void> {
  await sql`
    update platform.limits
    set hits = hits[:array_position(hits, ${at}::timestamptz) - 1] || hits[array_position(hits, ${at}::timestamptz) + 1:]
    where key = ${key} and ${at}::timestamptz = any(hits)`.execute(db)
}

/** For a try that turned out well: gives its hit back, and forgets all hits of another key. One statement. */
export async function settleHits(tx: Tx, release: { key: string; at: Date }, forget: string): Promise<void> {
  await sql`
    with forgotten as (delete from platform.limits where key = ${forget})
    update platform.limits
    set hits = hits[:array_position(hits, ${release.at}::timestamptz) - 1] || hits[array_position(hits, ${release.at}::timestamptz) + 1:]
    where key = ${release.key} and ${release.at}::timestamptz = any(hits)`.execute(tx)
}

/** Forgets the hits of a key: a success clears what failures counted. */
export async function forgetHits(tx: Tx, key: string): Promise<void> {
  await sql`delete from platform.limits where key = ${key}`.execute(tx)
}

/** Removes the windows in which nothing counts any more. */
export async function purgeLimits(tx: Tx, now: Date): Promise<void> {
  await sql`delete from platform.limits where expires_at < ${now}`.execute(tx)
}
