/** All SQL of the payments module. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { countHappening } from '#platform/events'
import { missing } from '#platform/refusal.ts'
import { PAYMENT_FAILED } from './events.ts'
import type { GatewayEvent, IntentAnswer } from './gateway.ts'
import type { LockedPayment, Payment, PaymentStatus, Refund } from './payment.ts'

export const PAYMENT = sql`id, order_id, order_number, account_id, provider, provider_reference, status, amount_minor,
  refunded_minor, currency, client_secret, approval_url, return_url, method, capture_reference, is_open, attempts,
  created_at`
const REFUND = sql`id, payment_id, status, amount_minor, reason, awaits_staff, attempts, created_at`

export type NewPayment = Pick<
  Payment,
  'orderId' | 'orderNumber' | 'accountId' | 'provider' | 'amountMinor' | 'currency'
> & {
  returnUrl?: string | null
  /** How the buyer means to pay, where the shop asks: card, upi … */
  method?: string
  /** What is paid as the order is placed has succeeded; all else is pending. */
  status?: 'pending' | 'succeeded'
}

/** Writes down what a gateway is about to be asked for, so that a crash leaves a trace to follow. */
export async function insertPayment(tx: Tx, payment: NewPayment, now: Date): Promise<Payment> {
  const { rows } = await sql<Payment>`
    insert into payments.payments
      (order_id, order_number, account_id, provider, status, amount_minor, currency, return_url, method, is_open,
        created_at, updated_at)
    values (${payment.orderId}, ${payment.orderNumber}, ${payment.accountId}, ${payment.provider}, ${payment.status ?? 'pending'},
      ${payment.amountMinor}, ${payment.currency}, ${payment.returnUrl ?? null}, ${payment.method ?? ''},
      ${payment.provider !== 'cod' && payment.status !== 'succeeded'}, ${now}, ${now})
    returning ${PAYMENT}`.execute(tx)
  return rows[0]!
}

/**
 * Notes what the gateway calls the payment: the first answer counts. Its status is taken over only while nothing else has
 * happened to it.
 */
export async function recordIntent(tx: Tx, id: string, answer: IntentAnswer, now: Date): Promise<Payment> {
  const isFirst = sql`coalesce(client_secret, approval_url) is null`
  const { rows } = await sql<Payment>`
    update payments.payments set provider_reference = case when ${isFirst} then ${answer.reference} else provider_reference end,
      client_secret = case when ${isFirst} then ${answer.clientSecret} else client_secret end,
      approval_url = case when ${isFirst} then ${answer.approvalUrl} else approval_url end,
      attempts = 0, asked_at = ${now}, updated_at = ${now},
      status = case when status = 'pending' then ${answer.status}::payments.payment_status else status end
    where id = ${id} returning ${PAYMENT}`.execute(tx)
  return rows[0]!
}

/** Once money came nothing more is awaited of the provider. `captureReference`: what it calls the money, if we learn it now. */
export async function setPaymentStatus(
  tx: Tx,
  id: string,
  status: PaymentStatus,
  now: Date,
  captureReference: string | null = null,
): Promise<void> {
  if (status === 'failed') countHappening(tx, PAYMENT_FAILED)
  const hasCome = !['pending', 'requires_action', 'failed', 'cancelled'].includes(status)
  await sql`update payments.payments set status = ${status}, is_open = is_open and not ${hasCome},
    capture_reference = coalesce(capture_reference, ${captureReference}), updated_at = ${now} where id = ${id}`.execute(
    tx,
  )
}

/** A payment by its id, for its owner or (accountId null) staff; refuses `payment_not_found`. */
export async function getPayment(db: Db, id: string, { accountId }: { accountId: number | null }): Promise<Payment> {
  const { rows } = await sql<Payment>`
    select ${PAYMENT} from payments.payments
    where id = ${id} and (${accountId}::bigint is null or account_id = ${accountId})`.execute(db)
  if (!rows[0]) throw missing('payment')
  return rows[0]
}

/** Whom an event is about: by our own id where it carries that, by what the provider calls intent or money where not. */
export async function findPaymentOfEvent(db: Db, event: GatewayEvent): Promise<Payment | undefined> {
  const { provider, reference, paymentId = null, captureReference = null } = event
  const { rows } = await sql<Payment>`
    select ${PAYMENT} from payments.payments
    where provider = ${provider}
      and (id = ${paymentId} or provider_reference = ${reference} or capture_reference = ${captureReference})
    order by id = ${paymentId} desc nulls last limit 1`.execute(db)
  return rows[0]
}

/** All payments of an order, oldest first. */
export async function findPaymentsOfOrder(db: Db, orderId: number): Promise<Payment[]> {
  const { rows } = await sql<Payment>`
    select ${PAYMENT} from payments.payments where order_id = ${orderId} order by created_at, id`.execute(db)
  return rows
}

/** The refund is asked for from now on: staff has agreed. */
export async function releaseRefund(tx: Tx, id: string): Promise<void> {
  await sql`update payments.refunds set awaits_staff = false where id = ${id}`.execute(tx)
}

/** The same of all that was asked for of a payment. */
export async function releaseRefundsOf(tx: Tx, paymentId: string): Promise<void> {
  await sql`
    update payments.refunds set awaits_staff = false
    where payment_id = ${paymentId} and status = 'pending' and awaits_staff`.execute(tx)
}

/** All payments of an order, oldest first, locked. The caller has locked the order: always the order first. */
export async function lockPaymentsOfOrder(tx: Tx, orderId: number): Promise<LockedPayment[]> {
  const { rows } = await sql<LockedPayment>`
    select ${PAYMENT}, (
      select coalesce(sum(refund.amount_minor), 0)::bigint from payments.refunds refund
      where refund.payment_id = payments.id and refund.status = 'succeeded') as given_back_minor
    from payments.payments where order_id = ${orderId} order by created_at, id for update`.execute(tx)
  return rows
}

/** A page of payments, newest first, and how many there are. */
export async function listPayments(
  db: Db,
  { accountId }: { accountId: number | null },
  page: { limit: number; offset: number },
) {
  const matching = sql`${accountId}::bigint is null or account_id = ${accountId}`
  const { rows } = await sql<Payment>`
    select ${PAYMENT} from payments.payments where ${matching}
    order by created_at desc, id limit ${page.limit} offset ${page.offset}`.execute(db)
  const counted = await sql<{ count: number }>`
    select count(*) as count from payments.payments where ${matching}`.execute(db)
  return { rows, count: counted.rows[0]!.count }
}

/** A page of the payments that an account made in a time, newest first, and how many there are; `until` is exclusive. */
export async function listPaymentsOfPeriod(
  db: Db,
  { accountId, from = null, until = null }: { accountId: number; from?: Date | null; until?: Date | null },
  page: { limit: number; offset: number },
): Promise<{ rows: Payment[]; count: number }> {
  const matching = sql`account_id = ${accountId} and (${from}::timestamptz is null or created_at >= ${from})
    and (${until}::timestamptz is null or created_at < ${until})`
  const { rows } = await sql<Payment>`
    select ${PAYMENT} from payments.payments where ${matching}
    order by created_at desc, id limit ${page.limit} offset ${page.offset}`.execute(db)
  const counted = await sql<{ count: number }>`
    select count(*) as count from payments.payments where ${matching}`.execute(db)
  return { rows, count: counted.rows[0]!.count }
}

/** Puts an event into the inbox, or takes it from those that waited. False when it was worked before. */
export async function acceptEvent(tx: Tx, event: GatewayEvent, now: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into payments.gateway_events (provider, event_id, event_type, provider_reference, received_at)
    values (${event.provider}, ${event.id}, ${event.type}, ${event.reference}, ${now})
    on conflict (provider, event_id) do update set awaits_payment = false where gateway_events.awaits_payment
    returning event_id`.execute(tx)
  return rows.length > 0
}

type NewRefund = Pick<Refund, 'paymentId' | 'amountMinor' | 'reason' | 'awaitsStaff'>

export async function insertRefund(tx: Tx, refund: NewRefund, now: Date): Promise<Refund> {
  const { rows } = await sql<Refund>`
    insert into payments.refunds (payment_id, status, amount_minor, reason, awaits_staff, created_at, updated_at)
    values (${refund.paymentId}, 'pending', ${refund.amountMinor}, ${refund.reason}, ${refund.awaitsStaff}, ${now}, ${now})
    returning ${REFUND}`.execute(tx)
  return rows[0]!
}

export async function addRefunded(tx: Tx, paymentId: string, amountMinor: number, now: Date): Promise<void> {
  await sql`update payments.payments set refunded_minor = refunded_minor + ${amountMinor}, updated_at = ${now}
    where id = ${paymentId}`.execute(tx)
}

export async function getRefund(db: Db, id: string): Promise<Refund> {
  const { rows } = await sql<Refund>`select ${REFUND} from payments.refunds where id = ${id}`.execute(db)
  if (!rows[0]) throw missing('refund')
  return rows[0]
}

/** The refunds of a payment that the gateway has not answered, oldest first. */
export async function listOpenRefunds(db: Db, paymentId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from payments.refunds where payment_id = ${paymentId} and status = 'pending' order by created_at`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

export async function lockRefund(tx: Tx, id: string): Promise<Refund | undefined> {
  const { rows } = await sql<Refund>`select ${REFUND} from payments.refunds where id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function updateRefund(
  tx: Tx,
  id: string,
  answer: { status: Refund['status']; reference: string | null },
  now: Date,
): Promise<void> {
  await sql`update payments.refunds set status = ${answer.status}, provider_reference = ${answer.reference},
    updated_at = ${now} where id = ${id}`.execute(tx)
}

/** All payments of an account, oldest first. */
export async function listPaymentsOf(db: Db, accountId: number): Promise<Payment[]> {
  const { rows } = await sql<Payment>`
    select ${PAYMENT} from payments.payments where account_id = ${accountId} order by created_at, id`.execute(db)
  return rows
}

/** All that was given back of these, oldest first. */
export async function listRefundsOf(db: Db, accountId: number): Promise<Refund[]> {
  const { rows } = await sql<Refund>`
    select ${REFUND} from payments.refunds
    where payment_id in (select id from payments.payments where account_id = ${accountId}) order by created_at, id`.execute(
    db,
  )
  return rows
}
