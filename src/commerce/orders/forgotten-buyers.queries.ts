/** All SQL of orders whose buyers have closed their accounts (V1-151). */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { HistoryEntry } from './queries.ts'

/** The buyer is to be forgotten: at once where an order has ended, and a parcel under way still has to arrive. */
export async function markForgetsBuyer(tx: Tx, accountId: number): Promise<void> {
  await sql`
    update orders.orders set forgets_buyer = true
    where account_id = ${accountId} and not forgets_buyer
      and (email is not null or shipping_address ->> 'address_line1' <> '')`.execute(tx)
}

/**
 * Takes the person out of the orders that are to forget their buyer and have ended at or before this moment, of one account
 * or of all: e-mail, notes, the reasons of a cancellation and of returns, and of the addresses all but the country, which the tax was
 * reckoned by. Returns the e-mails that they had.
 */
export async function forgetBuyersOfEndedOrders(
  tx: Tx,
  { accountId = null, endedBy }: { accountId?: number | null; endedBy: Date },
): Promise<string[]> {
  const { rows } = await sql<{ email: string }>`
    with ended as (
      select id, email from orders.orders
      where forgets_buyer and status in ('delivered', 'completed', 'cancelled', 'refunded') and updated_at <= ${endedBy}
        and (${accountId}::bigint is null or account_id = ${accountId})
      order by id for update
    ), told as (
      update orders.history set note = ''
      where order_id in (select id from ended) and actor = 'customer' and status = 'cancelled'
    ), sent_back as (
      update orders.returns set reason = '' where order_id in (select id from ended)
    ), noted as (
      delete from orders.notes where order_id in (select id from ended)
    ), forgotten as (
      update orders.orders "order" set email = null, notes = '', forgets_buyer = false,
        shipping_address = ${NOWHERE}::jsonb || jsonb_build_object('country', "order".shipping_address ->> 'country'),
        billing_address = ${NOWHERE}::jsonb || jsonb_build_object('country', "order".billing_address ->> 'country')
      from ended where "order".id = ended.id
    )
    select distinct email from ended where email is not null`.execute(tx)
  return rows.map(({ email }) => email)
}

/** As an `OrderAddress` has it. */
const NOWHERE = JSON.stringify({
  full_name: '',
  phone: null,
  address_line1: '',
  address_line2: '',
  city: '',
  state: '',
  postal_code: '',
})

/** What happened to the orders of an account, oldest first. One statement. */
export async function listHistoryOfBuyer(db: Db, accountId: number): Promise<(HistoryEntry & { orderId: number })[]> {
  const { rows } = await sql<HistoryEntry & { orderId: number }>`
    select history.order_id, history.status, history.payment_status, note, actor, actor_id, happened_at
    from orders.orders "order" join orders.history history on history.order_id = "order".id
    where "order".account_id = ${accountId} order by history.id`.execute(db)
  return rows
}
