/**
 * All SQL of the cart module. Every write locks the row of the cart before it touches lines, so that what happens to
 * one cart happens one after the other. The currency of a cart counts only while it has lines; then it never changes.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { StoredCart, StoredLine } from './cart.ts'
import { type CartOwner, guestCartsExpireBefore, hashCartToken } from './owner.ts'

type CartRow = {
  cartId: number
  accountId: number | null
  currency: string
  couponCode: string | null
  createdAt: Date
  updatedAt: Date
}
type LineRow = { id: number | null; variantId: number; quantity: number; unitPriceMinor: number; addedAt: Date }

/** The cart with its lines, oldest line first. One statement. */
export async function findStoredCart(db: Db, owner: CartOwner, now: Date): Promise<StoredCart | undefined> {
  const { rows } = await sql<CartRow & LineRow>`
    select cart.id as cart_id, cart.account_id, cart.currency, cart.coupon_code, cart.created_at, cart.updated_at,
      line.id, line.variant_id, line.quantity, line.unit_price_minor, line.added_at
    from cart.carts cart left join cart.lines line on line.cart_id = cart.id
    where ${isOf(owner, now)}
    order by line.id`.execute(db)
  const [first] = rows
  if (!first) return undefined
  const token = 'token' in owner ? owner.token : null
  const { cartId: id, accountId, currency, couponCode, createdAt, updatedAt } = first
  return { id, token, accountId, currency, couponCode, createdAt, updatedAt, lines: toLines(rows) }
}

/** Locks the cart. */
export async function lockCart(tx: Tx, owner: CartOwner, now: Date) {
  const { rows } = await sql<{ id: number; currency: string }>`
    select id, currency from cart.carts cart where ${isOf(owner, now)} for update`.execute(tx)
  return rows[0]
}

/** Locks the cart of an account, making it in this currency if need be. */
export async function lockOrInsertAccountCart(tx: Tx, accountId: number, currency: string, now: Date) {
  const { rows } = await sql<{ id: number; currency: string }>`
    insert into cart.carts as cart (account_id, currency, created_at, updated_at)
    values (${accountId}, ${currency}, ${now}, ${now})
    on conflict (account_id) do update
      set updated_at = excluded.updated_at, currency = coalesce(cart.currency, excluded.currency)
    returning id, currency`.execute(tx)
  return rows[0]!
}

/** Makes the cart of a guest with this fresh token. */
export async function insertGuestCart(tx: Tx, token: string, currency: string, now: Date): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into cart.carts (token_hash, currency, created_at, updated_at)
    values (${hashCartToken(token)}, ${currency}, ${now}, ${now}) returning id`.execute(tx)
  return rows[0]!.id
}

/** The lines of two carts, each oldest first. One statement. */
export async function findLinesOfBoth(db: Db, cartId: number, otherCartId: number) {
  const { rows } = await sql<StoredLine & { cartId: number }>`
    select cart_id, id, variant_id, quantity, unit_price_minor, added_at from cart.lines
    where cart_id in (${cartId}, ${otherCartId}) order by id`.execute(db)
  return { mine: rows.filter((row) => row.cartId === cartId), theirs: rows.filter((row) => row.cartId === otherCartId) }
}

export type LineToAdd = {
  variantId: number
  quantity: number
  unitPriceMinor: number
  currency: string
  /** The most that the cart may hold of it, what it holds already included. */
  quantityMax: number
}
/** What became of it: the cart's currency, and its lines, without the one to add where that was not possible. */
export type Added = {
  cartId: number
  currency: string
  couponCode: string | null
  createdAt: Date
  isNew: boolean
  lines: StoredLine[]
}

/**
 * Adds to the cart of an account, which is made if need be, in one statement. The quantity adds up under the lock of
 * the line, so parallel adds count exactly. Adds nothing beyond `quantityMax`, or to a cart of another currency.
 */
export async function addToAccountCart(tx: Tx, accountId: number, line: LineToAdd, now: Date): Promise<Added> {
  const added = await addLine(
    tx,
    sql`mine as (
      insert into cart.carts as cart (account_id, currency, created_at, updated_at)
      values (${accountId}, ${line.currency}, ${now}, ${now})
      on conflict (account_id) do update
        set updated_at = excluded.updated_at, currency = coalesce(cart.currency, excluded.currency)
      returning id, currency, coupon_code, created_at, false as is_new
    )`,
    line,
    now,
  )
  return added!
}

/** The same for the guest with this token; without a cart of that token one is made for the fresh token. */
export async function addToGuestCart(
  tx: Tx,
  token: string | undefined,
  freshToken: string,
  line: LineToAdd,
  now: Date,
): Promise<Added> {
  const hash = token === undefined ? null : hashCartToken(token)
  const added = await addLine(
    tx,
    sql`found as (
      update cart.carts set updated_at = ${now}, currency = coalesce(currency, ${line.currency})
      where token_hash = ${hash} and updated_at > ${guestCartsExpireBefore(now)}
      returning id, currency, coupon_code, created_at, false as is_new
    ), made as (
      insert into cart.carts (token_hash, currency, created_at, updated_at)
      select ${hashCartToken(freshToken)}, ${line.currency}, ${now}::timestamptz, ${now}::timestamptz
      where not exists (select from found)
      -- A visitor's cart has one token: another request of the same moment, or of a month ago, made it.
      on conflict (token_hash) do update set updated_at = excluded.updated_at
      returning id, currency, coupon_code, created_at, true as is_new
    ), mine as (select * from found union all select * from made)`,
    line,
    now,
  )
  return added!
}

/** The same for a cart that the caller has locked and that is of another currency: nothing unless the cart is empty. */
export async function addInOtherCurrency(
  tx: Tx,
  cartId: number,
  line: LineToAdd,
  now: Date,
): Promise<Added | undefined> {
  return addLine(
    tx,
    sql`mine as (
      update cart.carts set currency = ${line.currency}
      where id = ${cartId} and not exists (select from cart.lines where cart_id = ${cartId})
      returning id, currency, coupon_code, created_at, false as is_new
    )`,
    line,
    now,
  )
}

async function addLine(tx: Tx, mine: RawBuilder<unknown>, line: LineToAdd, now: Date): Promise<Added | undefined> {
  const { variantId, quantity, unitPriceMinor, currency, quantityMax } = line
  const { rows } = await sql<CartRow & LineRow & { isNew: boolean }>`
    with ${mine}, added as (
      insert into cart.lines as line (cart_id, variant_id, quantity, unit_price_minor, added_at)
      select id, ${variantId}::bigint, ${quantity}::int, ${unitPriceMinor}::bigint, ${now}::timestamptz
      from mine where currency = ${currency}
      on conflict (cart_id, variant_id) do update
        set quantity = line.quantity + excluded.quantity, unit_price_minor = excluded.unit_price_minor
        where line.quantity + excluded.quantity <= ${quantityMax}::int
      returning id, cart_id, variant_id, quantity, unit_price_minor, added_at
    ), lines as (
      select * from added
      union all
      select id, cart_id, variant_id, quantity, unit_price_minor, added_at from cart.lines
      where cart_id in (select id from mine) and variant_id <> ${variantId}::bigint
    )
    select mine.id as cart_id, mine.currency, mine.coupon_code, mine.created_at, mine.is_new,
      lines.id, lines.variant_id, lines.quantity, lines.unit_price_minor, lines.added_at
    from mine left join lines on lines.cart_id = mine.id
    order by lines.id`.execute(tx)
  const [first] = rows
  if (!first) return undefined
  const { cartId, currency: held, couponCode, createdAt, isNew } = first
  return { cartId, currency: held, couponCode, createdAt, isNew, lines: toLines(rows) }
}

/** Sets the quantity of a line. False where the cart has no such line. */
export async function updateQuantity(tx: Tx, cartId: number, lineId: number, quantity: number, now: Date) {
  const { rows } = await sql`
    with mine as (update cart.carts set updated_at = ${now} where id = ${cartId} returning id)
    update cart.lines set quantity = ${quantity} where id = ${lineId} and cart_id in (select id from mine)
    returning id`.execute(tx)
  return rows.length > 0
}

/** Another variant in the place of a line, or all of it added to the line that has that variant: then the first one is gone. */
export async function moveLine(
  tx: Tx,
  lineId: number,
  to: { lineId: number; variantId: number; quantity: number; unitPriceMinor: number },
): Promise<void> {
  await sql`
    with gone as (delete from cart.lines where id = ${lineId} and id <> ${to.lineId})
    update cart.lines set variant_id = ${to.variantId}, quantity = ${to.quantity}, unit_price_minor = ${to.unitPriceMinor}
    where id = ${to.lineId}`.execute(tx)
}

/** Removes one line of the owner's cart. False where it has no such line. */
export async function deleteLine(tx: Tx, owner: CartOwner, lineId: number, now: Date): Promise<boolean> {
  const { rows } = await sql`
    with mine as (update cart.carts cart set updated_at = ${now} where ${isOf(owner, now)} returning id)
    delete from cart.lines where id = ${lineId} and cart_id in (select id from mine)
    returning id`.execute(tx)
  return rows.length > 0
}

/** Removes and returns all lines of the owner's cart and its coupon, in one statement; the cart itself stays. */
export async function deleteLines(
  tx: Tx,
  owner: CartOwner,
  now: Date,
): Promise<{ lines: StoredLine[]; couponCode: string | null }> {
  const { rows } = await sql<StoredLine & { couponCode: string | null }>`
    with before as materialized (
      select id, coupon_code from cart.carts cart where ${isOf(owner, now)} for update
    ), mine as (
      update cart.carts cart set updated_at = ${now}, coupon_code = null, reminded_at = null from before where cart.id = before.id
    )
    delete from cart.lines using before where cart_id = before.id
    returning lines.id, variant_id, quantity, unit_price_minor, added_at, before.coupon_code`.execute(tx)
  return { lines: rows.toSorted((one, other) => one.id - other.id), couponCode: rows[0]?.couponCode ?? null }
}

/** Notes the code of a coupon, or takes it out. False where the owner has no cart. */
export async function updateCoupon(tx: Tx, owner: CartOwner, code: string | null, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update cart.carts cart set coupon_code = ${code}, updated_at = ${now} where ${isOf(owner, now)} returning id`.execute(
    tx,
  )
  return rows.length > 0
}

/** Removes the cart of an account, lines and all. Who is ordering what is in it is waited for. */
export async function deleteCart(tx: Tx, accountId: number): Promise<void> {
  await sql`delete from cart.carts where account_id = ${accountId}`.execute(tx)
}

export type LineToPut = Omit<StoredLine, 'id' | 'addedAt'>

/**
 * Gives the account's cart the quantities of these lines; a guest's cart that they came from is gone with its lines, and its coupon
 * comes along. The caller locked both.
 */
export async function putLines(
  tx: Tx,
  cart: { id: number; currency: string },
  lines: LineToPut[],
  now: Date,
  guestCartId: number | null = null,
): Promise<void> {
  await sql`
    with gone as (
      delete from cart.carts where id = ${guestCartId} returning coupon_code
    ), mine as (
      update cart.carts set currency = ${cart.currency}, updated_at = ${now},
        coupon_code = coalesce(coupon_code, (select coupon_code from gone))
      where id = ${cart.id}
    )
    insert into cart.lines (cart_id, variant_id, quantity, unit_price_minor, added_at)
    select ${cart.id}::bigint, variant_id, quantity, unit_price_minor, ${now}::timestamptz
    from unnest(${lines.map((line) => line.variantId)}::bigint[], ${lines.map((line) => line.quantity)}::int[],
      ${lines.map((line) => line.unitPriceMinor)}::bigint[]) as merged (variant_id, quantity, unit_price_minor)
    on conflict (cart_id, variant_id) do update set quantity = excluded.quantity`.execute(tx)
}

/** Removes expired guest carts, at most `limit`; returns how many. One that somebody uses this instant is left alone. */
export async function deleteStaleGuestCarts(tx: Tx, now: Date, limit: number): Promise<number> {
  const { rows } = await sql`
    delete from cart.carts where id in (
      select id from cart.carts
      where account_id is null and updated_at <= ${guestCartsExpireBefore(now)}
      order by updated_at limit ${limit}
      for update skip locked
    ) returning id`.execute(tx)
  return rows.length
}

/** The condition on a row called `cart` to be this owner's; an expired guest cart is nobody's. */
function isOf(owner: CartOwner, now: Date): RawBuilder<boolean> {
  if ('accountId' in owner) return sql`cart.account_id = ${owner.accountId}`
  return sql`cart.token_hash = ${hashCartToken(owner.token)} and cart.updated_at > ${guestCartsExpireBefore(now)}`
}

function toLines(rows: LineRow[]): StoredLine[] {
  return rows.flatMap(({ id, variantId, quantity, unitPriceMinor, addedAt }) =>
    id === null ? [] : [{ id, variantId, quantity, unitPriceMinor, addedAt }],
  )
}
