/** All SQL of limits. */
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

/**
 * At most `hits` within any stretch of `windowMs`. With `shuts`, the hit that makes it `shuts.hits` shuts the key for
 * `shuts.forMs`, whatever leaves the window meanwhile; after that it is counted anew.
 */
export type Limit = { hits: number; windowMs: number; shuts?: { hits: number; forMs: number } }
export type Ask = { key: string; limit: Limit }
export type Claim =
  | {
      allowed: true
      /** How many hits count now, this one among them. */
      counted: number
    }
  | { allowed: false; retryAfterS: number; isShut: boolean }

/** Counts one hit against a key and says whether it was within the limit: see claimHits. */
export async function claimHit(db: Db, key: string, limit: Limit, now: Date): Promise<Claim> {
  const [claim] = await claimHits(db, [{ key, limit }], now)
  return claim!
}

type Row = { key: string; hits: Date[]; allowed: boolean; blockedUntil: Date | null }

/**
 * Counts one hit against each key and says whether it was within its limit. One statement under the lock of each row: of
 * many parallel claims exactly `limit.hits` are allowed. A refused claim does not count, so it does not prolong the wait.
 * It stands by itself, outside any transaction: it has to count though the caller then refuses and rolls back.
 */
export async function claimHits(db: Db, asks: Ask[], now: Date): Promise<Claim[]> {
  assert(!db.isTransaction, 'a hit counts by itself, not inside a transaction')
  const limits = asks.map(({ limit }) => limit)
  const { rows } = await sql<Row>`
    with asked as (
      select key, hits_max, window_ms * interval '1 ms' as wide, shut_hits, shut_ms * interval '1 ms' as shut_for
      from unnest(${asks.map(({ key }) => key)}::text[], ${limits.map(({ hits }) => hits)}::int[],
        ${limits.map(({ windowMs }) => windowMs)}::float8[], ${limits.map(({ shuts }) => shuts?.hits ?? null)}::int[],
        ${limits.map(({ shuts }) => shuts?.forMs ?? null)}::float8[]) as asked (key, hits_max, window_ms, shut_hits, shut_ms)
    )
    insert into platform.limits as known (key, hits, allowed, expires_at, blocked_until)
    select key, array[${now}::timestamptz], true, ${now}::timestamptz + greatest(wide, shut_for),
      case when shut_hits <= 1 then ${now}::timestamptz + shut_for end
    from asked order by key
    on conflict (key) do update set (hits, allowed, expires_at, blocked_until) = (
      select
        case when is_allowed then old || ${now}::timestamptz else old end,
        is_allowed,
        greatest(excluded.expires_at, known.blocked_until),
        case
          when is_shut then known.blocked_until
          when is_allowed and cardinality(old) + 1 >= shut_hits then ${now}::timestamptz + shut_for
        end
      from asked
        cross join lateral (select coalesce(known.blocked_until > ${now}, false) as is_shut) shut
        cross join lateral (
          select coalesce(array_agg(hit order by hit), '{}') as old from unnest(known.hits) hit
          where hit > ${now}::timestamptz - wide and (is_shut or known.blocked_until is null)
        ) counted
        cross join lateral (select not is_shut and cardinality(old) < hits_max as is_allowed) decided
      where asked.key = known.key)
    returning key, hits, allowed, blocked_until`.execute(db)
  return asks.map(({ key, limit }) => toClaim(rows.find((row) => row.key === key)!, limit, now))
}

function toClaim({ hits, allowed, blockedUntil }: Row, limit: Limit, now: Date): Claim {
  if (allowed) return { allowed, counted: hits.length }
  const isShut = blockedUntil !== null
  // Of more hits than allowed, as another limit of the same key may have let through, so many have to leave first.
  const leaving = hits[hits.length - limit.hits]
  const freeAt = blockedUntil?.getTime() ?? leaving!.getTime() + limit.windowMs
  return { allowed, isShut, retryAfterS: Math.max(1, Math.ceil((freeAt - now.getTime()) / 1000)) }
}

/** Until when a key is shut, where it is. Nothing is counted. */
export async function findShutUntil(db: Db, key: string, now: Date): Promise<Date | undefined> {
  const { rows } = await sql<{ blockedUntil: Date }>`
    select blocked_until from platform.limits where key = ${key} and blocked_until > ${now}`.execute(db)
  return rows[0]?.blockedUntil
}

/** How many keys that begin like this are shut. */
export async function countShut(db: Db, prefix: string, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from platform.limits
    where blocked_until > ${now} and starts_with(key, ${prefix})`.execute(db)
  return rows[0]!.count
}

export type Hit = { key: string; at: Date }

/** The rows of keys, locked in the order in which claimHits locks them: no two statements wait for each other. */
const locked = (keys: string[]) =>
  sql`select key from platform.limits where key = any(${keys}::text[]) order by key for update`

/** Gives back one hit of each key, at most once: it turned out not to count. What it has shut is open again. */
export async function releaseHits(db: Db, hits: Hit[]): Promise<void> {
  const keys = hits.map(({ key }) => key)
  await sql`
    with locked as materialized (${locked(keys)})
    update platform.limits known
    set hits = known.hits[:array_position(known.hits, at) - 1] || known.hits[array_position(known.hits, at) + 1:],
      blocked_until = null
    from locked join unnest(${keys}::text[], ${hits.map(({ at }) => at)}::timestamptz[]) as released (key, at) using (key)
    where known.key = locked.key and released.at = any(known.hits)`.execute(db)
}

/** For a try that turned out well: gives these hits back, and forgets all hits of another key. One statement. */
export async function settleHits(tx: Tx, releases: Hit[], forget: string): Promise<void> {
  const keys = releases.map(({ key }) => key)
  await sql`
    with locked as materialized (${locked([...keys, forget])}),
      forgotten as (delete from platform.limits using locked where limits.key = locked.key and limits.key = ${forget})
    update platform.limits known
    set hits = known.hits[:array_position(known.hits, at) - 1] || known.hits[array_position(known.hits, at) + 1:]
    from locked join unnest(${keys}::text[], ${releases.map(({ at }) => at)}::timestamptz[]) as released (key, at) using (key)
    where known.key = locked.key and known.key <> ${forget} and released.at = any(known.hits)`.execute(tx)
}

/** Forgets the hits of a key: a success clears what failures counted. */
export async function forgetHits(tx: Tx, key: string): Promise<void> {
  await sql`delete from platform.limits where key = ${key}`.execute(tx)
}

/** Removes the windows in which nothing counts any more; one in which somebody counts at this moment is left. */
export async function purgeLimits(tx: Tx, now: Date): Promise<void> {
  await sql`
    delete from platform.limits
    where key in (select key from platform.limits where expires_at < ${now} for update skip locked)`.execute(tx)
}
