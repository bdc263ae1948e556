/** What is told of everything that a search finds, on each surface that has facets (V1-405, MP-086). */
import { type Static, Type } from 'typebox'
import type { Facets } from '#commerce/browse'
import { toDecimal } from '#platform/money.ts'
import { Money, Nullable } from './wire.ts'

export const FacetLineWire = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  slug: Type.String(),
  count: Type.Integer(),
})

/** The facets that are called alike everywhere. */
export const facetFields = {
  categories: Type.Array(FacetLineWire),
  sellers: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String(), count: Type.Integer() })),
  price_ranges: Type.Array(
    Type.Object({
      min: Money,
      max: Nullable(Type.String({ description: 'up to below this; null: no end', examples: ['25.00'] })),
      count: Type.Integer(),
    }),
  ),
  availability: Type.Object({ in_stock: Type.Integer(), out_of_stock: Type.Integer() }),
}
const FacetKeys = Type.Object(facetFields)

export function toFacetKeys(
  { categories, sellers, priceRanges, inStock, soldOut }: Facets,
  currency: string,
): Static<typeof FacetKeys> {
  return {
    categories,
    sellers,
    price_ranges: priceRanges.map(({ minMinor, maxMinor, count }) => ({
      min: toDecimal(minMinor, currency),
      max: maxMinor === null ? null : toDecimal(maxMinor, currency),
      count,
    })),
    availability: { in_stock: inStock, out_of_stock: soldOut },
  }
}
