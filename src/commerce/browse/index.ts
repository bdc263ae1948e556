/**
 * Browse: what a shopper sees. Reads catalog, inventory and reviews, and owns the schema "browse": what is looked at
 * and searched for, and the documents and words that are searched.
 * Invariant: a price or a stock shown here is the one that is sold at this moment.
 */
export {
  type BrandView,
  type CategoryBranch,
  type CategoryView,
  findAllBrands,
  findAllCategories,
  findBranch,
  findBrand,
  findCategory,
  findCategoryByCode,
  findFreePlaces,
  listBrands,
  listCategories,
  type MenuFilter,
  PLACES,
} from './categories.queries.ts'
export { type CategoryNode, toTree } from './category-tree.ts'
export { foldMarks } from './fold-marks.ts'
export { learnWords } from './learn-words.queries.ts'
export { listProducts, listProductsWithVariants } from './list-products.ts'
export { findOfferOfProduct, findOffers, findOffersOfAll, findOffersOfProducts, type Offer } from './offers.queries.ts'
export { PRODUCT_ORDERS, type ProductFilter, type ProductOrder } from './product-filter.ts'
export {
  countProductRecords,
  findProductRecords,
  type ProductRecord,
  type VariantRecord,
} from './product-records.queries.ts'
export {
  choicesOf,
  discountOf,
  type Handle,
  isLowStock,
  isOnFlashSale,
  type Picture,
  type ProductPage,
  type ProductView,
  type ProductWithVariants,
  readHandle,
  type VariantView,
  weightOf,
  wholePercentOff,
} from './product-view.ts'
export {
  findActiveProducts,
  findProductId,
  findProductPage,
  findProducts,
  findProductsWithVariants,
  findRelated,
} from './products.queries.ts'
export type { SearchEngine } from './search/engine.ts'
export type { FacetLine, Facets } from './search/facets.ts'
export { keepSearches } from './search/keep-searches.ts'
export { openSearchEngine } from './search/open-engine.ts'
export { findRuleById, listRules, type RuleTraits, type SearchRule } from './search/rules.queries.ts'
export { addRule, changeRule, removeRule } from './search/rules.ts'
export { keepSearchInStep, rebuildSearch, search, suggestFor, sweepSearch } from './search/search.ts'
export {
  forgetSearches,
  listQueries,
  listSearchesOf,
  type QueryView,
} from './search/search-log.queries.ts'
export { openSearchLog, type SearchLog } from './search/search-log.ts'
export { type SharedSearch, type SharedSearchRequest, searchShared } from './search/shared-search.ts'
export { findSynonyms, listSynonyms, type Synonyms } from './search/synonyms.queries.ts'
export { addSynonyms, changeSynonyms, removeSynonyms } from './search/synonyms.ts'
export { openViewCounter, type ViewCounter } from './views.ts'
