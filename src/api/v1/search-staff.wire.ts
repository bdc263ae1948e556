import { type Static, Type } from 'typebox'
import type { QueryView, RuleTraits, SearchRule, Synonyms } from '#commerce/browse'
import { PageOf, PageQuery } from '../http/paging.ts'
import { Filled, sent, Time } from '../http/wire.ts'

const Words = Type.Array(Filled({ maxLength: 100 }), {
  minItems: 2,
  maxItems: 50,
  description: 'each of one to three words',
})
const OneWay = Type.Boolean({ description: 'only the first one stands for the others, too' })

export const NewSynonymsWire = Type.Object({ words: Words, one_way: Type.Optional(OneWay) })
export const SynonymChangesWire = Type.Partial(NewSynonymsWire)
export const SynonymsWire = Type.Object(
  { id: Type.Integer(), words: Type.Array(Type.String()), one_way: OneWay, created_at: Time },
  { title: 'Synonyms' },
)
export const SynonymsPageWire = PageOf(SynonymsWire)

export const toSynonymsWire = ({ id, words, isOneWay, createdAt }: Synonyms): Static<typeof SynonymsWire> => ({
  id,
  words,
  one_way: isOneWay,
  created_at: createdAt.toISOString(),
})

const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const PLACE_MAX = 100
const Pin = Type.Object({
  product_id: Id,
  position: Type.Integer({ minimum: 1, maximum: PLACE_MAX, description: 'from 1' }),
})
const Pins = Type.Array(Pin, { maxItems: 50 })
const Buried = Type.Array(Id, { maxItems: 50, description: 'products that stand last' })

export const NewRuleWire = Type.Object({
  query: Filled({ maxLength: 200 }),
  pinned: Type.Optional(Pins),
  buried: Type.Optional(Buried),
})
export const RuleChangesWire = Type.Partial(NewRuleWire)
export const RuleWire = Type.Object(
  {
    id: Type.Integer(),
    query: Type.String(),
    pinned: Type.Array(Type.Object({ product_id: Type.Integer(), position: Type.Integer() })),
    buried: Type.Array(Type.Integer()),
    created_at: Time,
  },
  { title: 'SearchRule' },
)
export const RulePageWire = PageOf(RuleWire)

export const toRuleWire = ({ id, query, pinned, buriedIds, createdAt }: SearchRule): Static<typeof RuleWire> => ({
  id,
  query,
  pinned: pinned.map(({ productId, place }) => ({ product_id: productId, position: place })),
  buried: buriedIds,
  created_at: createdAt.toISOString(),
})

export function toRuleChanges({ query, pinned, buried }: Static<typeof RuleChangesWire>): Partial<RuleTraits> {
  return sent({
    query: query?.trim(),
    pinned: pinned && [
      ...new Map(pinned.map((pin) => [pin.product_id, { productId: pin.product_id, place: pin.position }])).values(),
    ],
    buriedIds: buried && [...new Set(buried)],
  })
}

export const QueriesQuery = Type.Object({
  ...PageQuery,
  found: Type.Optional(Type.String({ description: 'true: with results the last time; false: without' })),
  search: Type.Optional(Type.String({ description: 'part of the query', maxLength: 200 })),
})
export const QueryWire = Type.Object(
  {
    query: Type.String(),
    times: Type.Integer(),
    users: Type.Integer({ description: 'different accounts' }),
    results: Type.Integer({ description: 'the last time' }),
    last_asked_at: Time,
  },
  { title: 'SearchedQuery' },
)
export const QueryPageWire = PageOf(QueryWire)

export const toQueryWire = ({ lastAt, ...query }: QueryView): Static<typeof QueryWire> => ({
  ...query,
  last_asked_at: lastAt.toISOString(),
})
