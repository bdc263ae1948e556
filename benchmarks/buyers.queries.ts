/** Buyers with an address and a cart each, made and made ready again by a few statements. Buyer n has account n + 1. */
import type pg from 'pg'

/** Lines in the cart of each buyer. */
export const CART_LINES = 2
/** What is sent with each order of the run. Account and address of a buyer have the same id. */
export const accountOf = (buyer: number): number => buyer + 1

/**
 * Which article lies in the cart of a buyer, as an expression that SQL and pgbench read alike: thousands of articles
 * take turns, so that orders seldom wait for each other. The steps are prime, so that the lines of a cart differ.
 */
export const variantExpression = (buyer: string, line: number, variants: number | string): string =>
  `1 + (${buyer} * 7919 + ${line * 5003}) % ${variants}`
export const variantOf = (buyer: number, line: number, variants: number): number =>
  1 + ((buyer * 7919 + line * 5003) % variants)

/** Which product a buyer adds to the cart: active ones take turns. */
export const productExpression = (buyer: string, products: number | string): string =>
  `1 + (${buyer} * 4517 + 11) % ${products}`
export const productOf = (buyer: number, products: number): number => 1 + ((buyer * 4517 + 11) % products)

export async function insertBuyers(client: pg.Client, buyers: number): Promise<void> {
  await client.query(
    `insert into identity.accounts (id, email, username, first_name, last_name, is_active, email_verified_at, joined_at)
    select id, 'buyer-' || id || '@bench.invalid', 'buyer-' || id, 'Bea', 'Buyer', true, now(), now()
    from generate_series(1, $1::int) id`,
    [buyers],
  )
  await client.query(
    `insert into customers.addresses (id, account_id, address_type, full_name, phone, address_line1, city, state,
      postal_code, country, is_default, created_at, updated_at)
    select id, id, 'shipping', 'Bea Buyer', '+15550100', id || ' Long Street', 'Springfield', 'IL', '62701', 'US', true,
      now(), now()
    from generate_series(1, $1::int) id`,
    [buyers],
  )
  await client.query(
    `insert into cart.carts (account_id, currency, created_at, updated_at)
    select id, 'USD', now(), now() from generate_series(1, $1::int) id`,
    [buyers],
  )
  for (const name of ['identity.accounts', 'customers.addresses']) {
    await client.query(`select setval(pg_get_serial_sequence('${name}', 'id'), (select max(id) from ${name}))`)
  }
}

/** Every cart holds its two articles again, and every buyer was here a moment ago, as one who checks out has been. */
export async function readyBuyers(client: pg.Client, variants: number): Promise<void> {
  await client.query('truncate cart.lines')
  const lines = Array.from({ length: CART_LINES }, (_, line) => variantExpression('(account_id - 1)', line, variants))
  await client.query(
    `insert into cart.lines (cart_id, variant_id, quantity, unit_price_minor, added_at)
    select cart.id, variant.id, 1, variant.price_minor, now()
    from cart.carts cart cross join unnest(array[${lines}]) article join catalog.variants variant on variant.id = article
    where cart.account_id is not null order by cart.id, variant.id`,
  )
  await client.query('update identity.sessions set last_activity_at = now()')
  await client.query('vacuum (analyze) cart.lines, cart.carts, identity.sessions, inventory.levels')
}

/** The jobs that orders left behind; nobody works them while orders are measured. */
export async function forgetJobs(client: pg.Client): Promise<void> {
  await client.query('truncate jobs.job')
}

export async function settle(client: pg.Client): Promise<void> {
  await client.query('vacuum (analyze)')
}

/** Units that left the stock so far: by it is seen that a script for the database sells as Souk does. */
export async function countSold(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ sold: number }>(
    `select coalesce(-sum(quantity), 0)::int as sold from inventory.ledger where movement = 'OUT'`,
  )
  return rows[0]!.sold
}

export type Surroundings = { version: string; fsync: string; synchronousCommit: string; commitMs: number }

/** What the database is, and how long it takes to make one small transaction durable. */
export async function describeDatabase(client: pg.Client): Promise<Surroundings> {
  const show = async (name: string) => Object.values((await client.query(`show ${name}`)).rows[0])[0] as string
  await client.query('create table public.bench_commits (n int)')
  const times: number[] = []
  for (let n = 0; n < 50; n += 1) {
    const begun = performance.now()
    await client.query('insert into public.bench_commits values ($1)', [n])
    times.push(performance.now() - begun)
  }
  await client.query('drop table public.bench_commits')
  return {
    version: (await show('server_version')).split(' ')[0]!,
    fsync: await show('fsync'),
    synchronousCommit: await show('synchronous_commit'),
    commitMs: times.toSorted((a, b) => a - b)[25]!,
  }
}
