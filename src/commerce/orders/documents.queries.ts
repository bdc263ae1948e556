/** SQL of invoices and credit notes. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { type Document, NUMBER_PREFIX } from './document.ts'
import type { OrderScope } from './queries.ts'

const DOCUMENT = sql`id, kind, year, sequence, number, order_id, refund_id, amount_minor, tax_minor, issuer, issued_at`

export type NewDocument = Pick<Document, 'kind' | 'orderId' | 'refundId' | 'amountMinor' | 'taxMinor' | 'issuer'>

/**
 * Writes a document down under the next number of its kind in its year. Whoever takes a number holds the counter until the
 * commit: one that is rolled back leaves no gap. The caller has locked the order.
 */
export async function insertDocument(tx: Tx, document: NewDocument, now: Date): Promise<Document> {
  const { kind, orderId, refundId, amountMinor, taxMinor, issuer } = document
  const { rows } = await sql<Document>`
    with counted as (
      insert into orders.number_series as series (kind, year, last) values (${kind}, ${now.getUTCFullYear()}, 1)
      on conflict (kind, year) do update set last = series.last + 1
      returning kind, year, last
    )
    insert into orders.documents (kind, year, sequence, number, order_id, refund_id, amount_minor, tax_minor, issuer, issued_at)
    select kind, year, last,
      concat_ws('-', ${NUMBER_PREFIX[kind]}::text, year, lpad(last::text, greatest(6, length(last::text)), '0')),
      ${orderId}::bigint, ${refundId}::uuid, ${amountMinor}::bigint, ${taxMinor}::bigint, ${JSON.stringify(issuer)}::jsonb,
      ${now}::timestamptz
    from counted
    returning ${DOCUMENT}`.execute(tx)
  return rows[0]!
}

/** The documents of an order: its invoice, where it has one, then its credit notes. */
export async function listDocuments(db: Db, orderId: number): Promise<Document[]> {
  const { rows } = await sql<Document>`
    select ${DOCUMENT} from orders.documents where order_id = ${orderId} order by kind, id`.execute(db)
  return rows
}

/** All documents of the order that one of this number belongs to; none where the viewer may not see it. */
export async function listDocumentsBeside(db: Db, number: string, { accountId }: OrderScope): Promise<Document[]> {
  const { rows } = await sql<Document>`
    select ${DOCUMENT} from orders.documents
    where order_id = (
      select "order".id from orders.documents wanted join orders.orders "order" on "order".id = wanted.order_id
      where wanted.number = ${number} and (${accountId}::bigint is null or "order".account_id = ${accountId}))
    order by kind, id`.execute(db)
  return rows
}
