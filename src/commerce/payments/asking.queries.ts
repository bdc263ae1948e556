/** SQL of asking gateways: what was not answered, how often it was asked, and when it is asked again. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { countHappening } from '#platform/events'
import { PAYMENT_FAILED } from './events.ts'
import type { OnlineProvider, Provider } from './gateway.ts'
import type { Payment } from './payment.ts'
import { PAYMENT } from './queries.ts'

/**
 * Payments of online providers that have no reference: the asking was interrupted, or nobody answered. A minute after they were
 * made, and then two, four, … up to 64 minutes after they were last asked for. Oldest first.
 */
export async function findUnansweredPayments(db: Db, now: Date, limit: number): Promise<Payment[]> {
  const { rows } = await sql<Payment>`
    select ${PAYMENT} from payments.payments
    where provider_reference is null and status = 'pending' and provider <> ${'cod' satisfies Provider}
      and coalesce(asked_at, created_at) < ${now}::timestamptz - make_interval(secs => 60 * power(2, least(attempts, 6)))
    order by created_at limit ${limit}`.execute(db)
  return rows
}

/**
 * Payments for which money may still come, of these providers, of which nothing was heard: three minutes after the intent was
 * made, and then six, twelve, … up to an hour after they were last asked about. The longest silent first.
 */
export async function findQuietPayments(
  db: Db,
  providers: OnlineProvider[],
  now: Date,
  limit: number,
): Promise<Payment[]> {
  const { rows } = await sql<Payment>`
    select ${PAYMENT} from payments.payments
    where is_open and provider = any(${providers}::payments.provider[]) and provider_reference is not null
      and asked_at < ${now}::timestamptz - make_interval(secs => least(180 * power(2, least(attempts, 6)), 3600))
    order by asked_at limit ${limit}`.execute(db)
  return rows
}

/** The provider was asked, and had nothing to tell: it is asked again ever more seldom. */
export async function markPaymentAsked(tx: Tx, id: string, now: Date): Promise<void> {
  await sql`update payments.payments set attempts = attempts + 1, asked_at = ${now} where id = ${id}`.execute(tx)
}

/** No money comes of it any more, says the provider: nobody asks again. */
export async function closePayment(tx: Tx, id: string): Promise<void> {
  await sql`update payments.payments set is_open = false where id = ${id}`.execute(tx)
}

/** The provider would not have it: nothing was made there. Nothing happens to one that was answered meanwhile. */
export async function failUnanswered(tx: Tx, id: string, now: Date): Promise<void> {
  countHappening(tx, PAYMENT_FAILED)
  await sql`
    update payments.payments set status = 'failed', is_open = false, updated_at = ${now}
    where id = ${id} and provider_reference is null and status = 'pending'`.execute(tx)
}

/** What an event calls a payment whose own answer was lost. */
export async function adoptReference(tx: Tx, id: string, reference: string, now: Date): Promise<void> {
  await sql`
    update payments.payments set provider_reference = ${reference}, asked_at = ${now}
    where id = ${id} and provider_reference is null`.execute(tx)
}

/**
 * Refunds that a gateway was to be asked for: half a minute after they were opened, and then one minute, two, … up to 64 after
 * they were last asked for. Oldest first.
 */
export async function findUnansweredRefunds(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ id: string; provider: OnlineProvider }[]> {
  const { rows } = await sql<{ id: string; provider: OnlineProvider }>`
    select refund.id, payment.provider
    from payments.refunds refund join payments.payments payment on payment.id = refund.payment_id
    where refund.status = 'pending' and not awaits_staff and provider <> ${'cod' satisfies Provider}
      and coalesce(refund.asked_at, refund.created_at)
        < ${now}::timestamptz - make_interval(secs => 30 * power(2, least(refund.attempts, 7)))
    order by refund.created_at limit ${limit}`.execute(db)
  return rows
}

export async function markRefundAsked(tx: Tx, id: string, now: Date): Promise<void> {
  await sql`update payments.refunds set attempts = attempts + 1, asked_at = ${now} where id = ${id}`.execute(tx)
}
