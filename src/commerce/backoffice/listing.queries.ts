/** The SQL of every list for staff. Planned anew each time: which index serves depends on what is asked. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database'
import { boundsOf, type Choice, type DateBuckets, type Listing, levelBelow, type Period } from './listing.ts'

/** `by` is a name of the listing's orderings. */
export type Page = { by: string; descending: boolean; limit: number; offset: number }

/** A page of rows, and how many there are. */
export async function listRows<Row, Filters>(
  db: Db,
  listing: Listing<Row, Filters>,
  choice: Choice<Filters>,
  { by, descending, limit, offset }: Page,
): Promise<{ rows: Row[]; count: number }> {
  const matching = matchingOf(listing, choice)
  const direction = descending ? sql`desc` : sql`asc`
  const { rows } = await sql<Row>`/* once */
    select ${listing.columns} from ${listing.source} where ${matching}
    order by ${listing.orderings[by]!} ${direction}, ${listing.id} ${direction}
    limit ${limit} offset ${offset}`.execute(db)
  return { rows, count: await countRows(db, sql`from ${listing.source} where ${matching}`) }
}

const ALL = sql<boolean>`true`

/** The highest id of what has happened since then; zero where nothing has. */
export async function findNewestId<Row, Filters>(db: Db, listing: Listing<Row, Filters>, since: Date): Promise<number> {
  const { rows } = await sql<{ newest: number }>`
    select coalesce(max(${listing.id}), 0) as newest from ${listing.source}
    where ${listing.date} >= ${since} and ${listing.meant ?? ALL}`.execute(db)
  return rows[0]!.newest
}

/** What has happened since then and has a higher id than `after`, the lowest first. */
export async function listRowsAfter<Row, Filters>(
  db: Db,
  listing: Listing<Row, Filters>,
  choice: Choice<Filters>,
  { since, after, limit }: { since: Date; after: number; limit: number },
): Promise<Row[]> {
  const { rows } = await sql<Row>`/* once */
    select ${listing.columns} from ${listing.source}
    where ${listing.date} >= ${since} and ${listing.id} > ${after} and ${matchingOf(listing, choice)}
    order by ${listing.id} limit ${limit}`.execute(db)
  return rows
}

/** More than these are not counted one by one. */
const COUNTED_MAX = 100_000

/** How many rows there are; of very many, about how many. */
async function countRows(db: Db, from: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`/* once */
    select count(*)::int as count from (select ${from} limit ${COUNTED_MAX + 1}) counted`.execute(db)
  const { count } = rows[0]!
  if (count <= COUNTED_MAX) return count
  const plan = await sql<
    Record<string, [{ Plan: { 'Plan Rows': number } }]>
  >`/* once */ explain (format json) select ${from}`.execute(db)
  return Math.max(count, Object.values(plan.rows[0]!)[0]![0].Plan['Plan Rows'])
}

/** One row by its id. */
export async function findRow<Row, Filters>(
  db: Db,
  listing: Listing<Row, Filters>,
  id: number,
): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select ${listing.columns} from ${listing.source}
    where ${listing.id} = ${id} and ${listing.meant ?? ALL}`.execute(db)
  return rows[0]
}

const FORMATS = { year: 'YYYY', month: 'YYYY-MM', day: 'YYYY-MM-DD' }
const UTC = sql`at time zone 'UTC'`

/** How the rows that are chosen are spread over time. */
export async function countByDate<Row, Filters>(
  db: Db,
  listing: Listing<Row, Filters>,
  choice: Choice<Filters>,
): Promise<DateBuckets> {
  const level = levelBelow(choice.period)
  const rowsByTime =
    listing.tally && choice.search === undefined && choice.ids === undefined && Object.keys(choice.filters).length === 0
      ? tallied(listing.tally, level, choice.period)
      : sql`select date_trunc(${level}, ${listing.date} ${UTC}) as time, count(*)::int as count
          from ${listing.source} where ${matchingOf(listing, choice)} group by 1`
  const { rows } = await sql<{ value: string; count: number }>`/* once */
    select to_char(time, ${FORMATS[level]}) as value, count from (${rowsByTime}) counted order by time`.execute(db)
  return { level, buckets: rows }
}

function tallied(tally: RawBuilder<unknown>, level: string, period: Period): RawBuilder<unknown> {
  const bounds = boundsOf(period)
  const inPeriod = bounds
    ? sql`day >= ${bounds.from}::timestamptz::date and day < ${bounds.until}::timestamptz::date`
    : sql`true`
  return sql`select date_trunc(${level}, day::timestamp) as time, sum(count)::int as count from (${tally}) tally where ${inPeriod} group by 1`
}

const ROWS_AT_ONCE = 1000

/** All rows that are chosen, the highest id first, a batch at a time: what comes in meanwhile is not in it. */
export async function* readRows<Row extends { id: number }, Filters>(
  db: Db,
  listing: Listing<Row, Filters>,
  choice: Choice<Filters>,
): AsyncGenerator<Row> {
  const matching = matchingOf(listing, choice)
  const batch = listing.rowsAtOnce ?? ROWS_AT_ONCE
  for (let last: number | null = null; ; ) {
    const { rows }: { rows: Row[] } = await sql<Row>`/* once */
      select ${listing.columns} from ${listing.source}
      where ${matching} and (${last}::bigint is null or ${listing.id} < ${last})
      order by ${listing.id} desc limit ${batch}`.execute(db)
    yield* rows
    if (rows.length < batch) return
    last = rows.at(-1)!.id
  }
}

/** Which rows of a listing are chosen. */
export function matchingOf<Row, Filters>(
  listing: Listing<Row, Filters>,
  { search, filters, period, ids }: Choice<Filters>,
): RawBuilder<boolean> {
  const bounds = boundsOf(period)
  const named = Object.keys(filters) as (keyof Filters)[]
  const conditions = [
    ...(listing.meant ? [listing.meant] : []),
    ...(search ? [listing.search(search)] : []),
    ...named.map((name) => listing.filters[name](filters[name]!)),
    ...(bounds ? [sql<boolean>`${listing.date} >= ${bounds.from} and ${listing.date} < ${bounds.until}`] : []),
    ...(ids ? [sql<boolean>`${listing.id} = any(${ids}::bigint[])`] : []),
  ]
  return conditions.length === 0 ? ALL : sql<boolean>`(${sql.join(conditions, sql`) and (`)})`
}
