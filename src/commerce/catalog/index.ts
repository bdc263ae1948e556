/**
 * Catalog: categories, brands, products and the variants that are sold. Owns the schema "catalog".
 * Invariant: a product has at least one variant, and shows the price of the article without a choice, or else the lowest of its active ones.
 */
export { findBrandId } from './brands.queries.ts'
export { type BrandChanges, changeBrand, createBrand, type NewBrand, removeBrand } from './brands.ts'
export {
  findTakenNames,
  findTakenSkus,
  holdAllNames,
  holdBrands,
  holdCategories,
  isNameHeldTwice,
} from './bulk-questions.queries.ts'
export { type CategoryName, findCategoryId } from './categories.queries.ts'
export {
  type CategoryChanges,
  createCategory,
  type NewCategory,
} from './categories.ts'
export { changeProduct, lockProduct, type ProductChanges, pricingOf } from './change-product.ts'
export { createProducts } from './create-products.ts'
export { addCategory, dropCategory, editCategory } from './edit-category.ts'
export {
  findImplicitVariants,
  findProductId,
  findVariants,
  findVariantsOfProducts,
  productsOfSeller,
  type Variant,
} from './find-variants.queries.ts'
export { type Resolved, resolveVariants, type VariantWanted } from './find-variants.ts'
export { foldCounts } from './fold-counts.ts'
export {
  dropPictureFiles,
  makePictureCopies,
  pictureCopies,
  pictureRemovals,
  removeUnusedPicture,
} from './picture-files.ts'
export { findManagedProduct, type ManagedProduct, type Picture } from './pictures.queries.ts'
export { addPicture, changePicture, type NewPicture, type PictureChanges, removePicture } from './pictures.ts'
export { type Kept, type PriceWeight, replacePriceWeights } from './price-weights.ts'
export { type Discount, discounted, nextPricing, type PriceChange, type Pricing, priceFaults } from './prices.ts'
export { findPictureAddresses, isProductNameTaken, type LockedProduct, type LockedVariant } from './products.queries.ts'
export { createProduct, type NewProduct, type NewVariant, type ProductTraits } from './products.ts'
export { removeProduct } from './remove-product.ts'
export { makeSku } from './sku.ts'
export { isSkuTaken } from './variants.queries.ts'
export {
  addVariant,
  changeArticle,
  changeVariant,
  getVariant,
  onlyArticle,
  removeVariants,
  type VariantChanges,
  type VariantPrice,
} from './variants.ts'
