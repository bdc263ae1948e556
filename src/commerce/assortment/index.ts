/**
 * Assortment: what a shop, or a seller, offers: the deeds that join catalog, stock, carts and orders. Owns the schema
 * "assortment": products that come in files.
 * Invariant: a product is made, changed or removed as a whole, with its stock, or not at all; so are those of a file.
 */
export { addProduct } from './add-product.ts'
export { changeOffer } from './change-offer.ts'
export type { RowError } from './import/columns.ts'
export { countExported, exportProducts } from './import/export-products.ts'
export {
  type ImportResult,
  importProducts,
  queueImport,
  readProductSheet,
} from './import/import-products.ts'
export {
  findErrors as findImportErrors,
  findImport,
  findImports,
  type ImportStatus,
  type ProductImport,
} from './import/imports.queries.ts'
export { purgeImports } from './import/purge-imports.ts'
export { importRuns, runImportJob } from './import/run-import.ts'
export {
  addBrandToMenu,
  addCategoryToMenu,
  changeBrandOfMenu,
  changeCategoryOfMenu,
  type MenuCategory,
  removeBrandFromMenu,
} from './menu.ts'
export type { OfferChanges, OfferedWeight, ProductOffer, Reference } from './offer.ts'
export { removeOffer } from './remove-offer.ts'
export {
  addVariantToOffer,
  changeVariantOfOffer,
  type OfferedVariant,
  removeVariantFromOffer,
} from './variants-of-offer.ts'
