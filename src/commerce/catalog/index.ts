/**
 * Catalog: categories, brands, products and the variants that are sold. Owns the schema "catalog".
 * Invariant: a product has at least one variant, and shows the lowest price of its active ones.
 */
export { createBrand, type NewBrand } from './brands.ts'
export { createCategory, type NewCategory } from './categories.ts'
export {
  findProductId,
  findVariants,
  findVariantsOfProducts,
  productsOfSeller,
  type Variant,
} from './find-variants.queries.ts'
export { type Resolved, resolveVariants, type VariantWanted } from './find-variants.ts'
export { createProduct, type NewProduct, type NewVariant } from './products.ts'
