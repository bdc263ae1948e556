/** Carts of any size for one buyer, filled by a statement. */
import type pg from 'pg'

/** Puts so many articles that can be sold, chosen at random, into the cart of this account. */
export async function fillCart(client: pg.Client, accountId: number, lines: number, variants: number): Promise<void> {
  await client.query('delete from cart.lines where cart_id = (select id from cart.carts where account_id = $1)', [
    accountId,
  ])
  await client.query(
    `insert into cart.lines (cart_id, variant_id, quantity, unit_price_minor, added_at)
    select cart.id, variant.id, 1, variant.price_minor, now()
    from cart.carts cart cross join lateral (
      select id, price_minor from catalog.variants where id <= $3 order by random() limit $2
    ) variant
    where cart.account_id = $1`,
    [accountId, lines, variants],
  )
}
