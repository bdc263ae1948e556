/** `RUG-KILIM` in "140 × 200 cm" becomes `RUG-KILIM-140-200-CM`; the only variant of a product has the product's own. */
export function skuOf(product: string, options: Record<string, string>): string {
  return [product, ...Object.values(options)]
    .map((part) =>
      part
        .toUpperCase()
        .replace(/[^A-Z0-9]+/g, '-')
        .replace(/^-|-$/g, ''),
    )
    .join('-')
}
