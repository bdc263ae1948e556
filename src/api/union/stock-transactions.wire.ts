import { type Static, Type } from 'typebox'
import { readHandle } from '#commerce/browse'
import {
  type LedgerEntry,
  type LedgerFilter,
  type Movement,
  POSTED_MOVEMENTS,
  type PostedMovement,
  type Posting,
} from '#commerce/inventory'
import type { FieldCodes } from '#platform/refusal.ts'
import { Ok } from '../http/envelope.ts'
import { openFilters, toDay } from '../http/filters.ts'
import { UNITS_MAX } from '../http/numbers.ts'
import { PageOf, PageQuery } from '../http/paging.ts'
import { Choice, Nullable, sent, Time } from '../http/wire.ts'

const DAY_MS = 86_400_000

export const ProductVariant = Nullable(Type.Integer({ description: 'null where the product offers no choice' }))
const TransactionWire = Type.Object(
  {
    id: Type.Integer(),
    product: Type.Integer(),
    product_variant: ProductVariant,
    transaction_type: Choice(POSTED_MOVEMENTS),
    quantity: Type.Integer({
      description: 'of an ADJUSTMENT with its sign; else positive, whichever way the units went',
    }),
    stock_after: Type.Integer({ description: 'of the variant, at the place where the units came or went' }),
    reference: Type.String({
      description: 'the number of an order, a delivery note, the code of a transfer; may be empty',
    }),
    notes: Type.String(),
    recorded_by: Nullable(Type.Integer({ description: 'a user; null where the shop did it by itself' })),
    timestamp: Time,
  },
  { title: 'SharedStockTransaction' },
)
export const TransactionPageWire = PageOf(TransactionWire)
export const TransactionAnswerWire = Ok(TransactionWire)

/** `isChoice` says whether the variant is one that shoppers choose. */
export function toTransactionWire(entry: LedgerEntry, isChoice: boolean): Static<typeof TransactionWire> {
  return {
    id: entry.id,
    product: entry.productId,
    product_variant: isChoice ? entry.variantId : null,
    // Half of a transfer changes one place by a signed number, as an adjustment does; its reference says what it was.
    transaction_type: entry.movement === 'TRANSFER' ? 'ADJUSTMENT' : entry.movement,
    quantity: leaves(entry.movement) ? -entry.quantity : entry.quantity,
    stock_after: entry.balanceAfter,
    reference: entry.reference ?? '',
    notes: entry.notes,
    recorded_by: entry.recordedBy,
    timestamp: entry.recordedAt.toISOString(),
  }
}

/** Whether such units go out: they are told, and asked for, as a positive number (MP-102). */
const leaves = (movement: Movement): boolean => movement === 'OUT' || movement === 'DAMAGE'

const Word = (description: string) => Type.Optional(Type.String({ description, maxLength: 200 }))
export const TransactionQuery = Type.Object({
  ...PageQuery,
  product: Word('id or slug'),
  product_variant: Word('id'),
  transaction_type: Word(POSTED_MOVEMENTS.join(', ')),
  start_date: Word('YYYY-MM-DD, UTC, inclusive'),
  end_date: Word('YYYY-MM-DD, UTC, inclusive'),
})

/** Refuses filters of the wrong type, all together. An empty one is none. */
export function readLedgerFilter(query: Static<typeof TransactionQuery>): LedgerFilter {
  const faults: FieldCodes = {}
  const { read, text, refuseFaults } = openFilters(query, faults)
  const handle = text('product')
  const type = read('transaction_type', (told) => POSTED_MOVEMENTS.find((each) => each === told))
  if (faults.transaction_type) faults.transaction_type = { code: 'not_choice', value: query.transaction_type }
  const last = read('end_date', toDay, 'not_date')
  const filter: LedgerFilter = sent({
    product: handle === undefined ? undefined : readHandle(handle),
    variantId: read('product_variant', toId, 'not_integer'),
    movements: type && movementsOf(type),
    from: read('start_date', toDay, 'not_date'),
    until: last && new Date(last.getTime() + DAY_MS),
  })
  refuseFaults()
  return filter
}

const movementsOf = (type: PostedMovement): Movement[] => (type === 'ADJUSTMENT' ? [type, 'TRANSFER'] : [type])

const toId = (text: string): number | undefined => (/^\d{1,15}$/.test(text) ? Number(text) : undefined)

export const TransactionInputWire = Type.Object(
  {
    product: Type.Integer({ description: 'id' }),
    product_variant: Type.Optional(Nullable(Type.Integer({ description: 'id; needed where there are several' }))),
    transaction_type: Choice(POSTED_MOVEMENTS),
    quantity: Type.Integer({
      minimum: -UNITS_MAX,
      maximum: UNITS_MAX,
      description: 'positive; IN and RETURN add, OUT and DAMAGE subtract. Of an ADJUSTMENT signed, and added',
    }),
    reference: Type.Optional(Type.String({ maxLength: 100, description: 'not the number of an order' })),
    notes: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  { title: 'SharedStockTransactionInput' },
)

export function toPosting(body: Static<typeof TransactionInputWire>, recordedBy: number): Posting {
  const { transaction_type: movement, quantity } = body
  return {
    productId: body.product,
    movement,
    delta: leaves(movement) ? -quantity : quantity,
    notes: body.notes ?? '',
    recordedBy,
    ...sent({ variantId: body.product_variant ?? undefined, reference: body.reference || undefined }),
  }
}
