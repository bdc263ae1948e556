type Priced = { priceMinor: number; compareAtMinor?: number | null; isActive?: boolean }
export type ShownPrice = { priceMinor: number; compareAtMinor: number | null }

/** What a list shows and sorts a product by: the cheapest active variant, with its own former price. */
export function shownPrice(variants: Priced[]): ShownPrice {
  const active = variants.filter((variant) => variant.isActive !== false)
  const candidates = active.length > 0 ? active : variants
  const cheapest = candidates.reduce((best, variant) => (variant.priceMinor < best.priceMinor ? variant : best))
  return { priceMinor: cheapest.priceMinor, compareAtMinor: cheapest.compareAtMinor ?? null }
}
