/**
 * The sample shop: what a newcomer finds in an empty database. It owns no table; it uses the faces of the modules.
 * Promise: figures, stock and payments are sound, because they came about by the deeds that customers go through.
 */
export { isEmptyShop } from './is-empty-shop.ts'
export { loadSampleShop, type SampleShop } from './load-sample-shop.ts'
