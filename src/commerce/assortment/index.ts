/**
 * Assortment: what a shop, or a seller, offers. No table of its own: the deeds that join catalog, stock, carts and orders.
 * Invariant: a product is made, changed or removed as a whole, with its stock, or not at all.
 */
export { addProduct } from './add-product.ts'
export { changeOffer } from './change-offer.ts'
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
