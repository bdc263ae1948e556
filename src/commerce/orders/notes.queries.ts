/** SQL of what staff notes about orders. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { OrdersNotes } from './tables.ts'

export type OrderNote = Omit<OrdersNotes, 'orderId'>

/** A note that `isShown` is read by the buyer too. */
export async function addOrderNote(
  tx: Tx,
  orderId: number,
  { text, author, isShown }: Pick<OrderNote, 'text' | 'author' | 'isShown'>,
  now: Date,
): Promise<OrderNote> {
  const { rows } = await sql<OrderNote>`
    insert into orders.notes (order_id, author, text, is_shown, written_at)
    values (${orderId}, ${author}, ${text}, ${isShown}, ${now})
    returning id, author, text, is_shown, written_at`.execute(tx)
  return rows[0]!
}

/** The notes of an order, oldest first: all, or those that its buyer reads. */
export async function listOrderNotes(
  db: Db,
  orderId: number,
  { shownOnly }: { shownOnly: boolean },
): Promise<OrderNote[]> {
  const { rows } = await sql<OrderNote>`
    select id, author, text, is_shown, written_at from orders.notes
    where order_id = ${orderId} and (is_shown or not ${shownOnly}::boolean) order by id`.execute(db)
  return rows
}
