/**
 * Catalog: categories, brands, products and the variants that are sold. Owns the schema "catalog".
 * Invariant: a product has at least one variant, and shows the lowest price of its active ones.
 */
export { createBrand, type NewBrand } from './brands.ts'
export { createCategory, type NewCategory } from './categories.ts'
export { makePictureCopies, pictureCopies, pictureRemovals, removeUnusedPicture } from './picture-files.ts'
export { findManagedProduct, type ManagedProduct, type Picture } from './pictures.queries.ts'
export { addPicture, changePicture, type NewPicture, type PictureChanges, removePicture } from './pictures.ts'
export { createProduct, type NewProduct, type NewVariant } from './products.ts'
