/**
 * Browse: what a shopper sees. Reads catalog, inventory and reviews, and owns the schema "browse": what is looked at.
 * Invariant: a price or a stock shown here is the one that is sold at this moment.
 */
export { listProducts } from './list-products.ts'
export { findOfferOfProduct, findOffers, findOffersOfProducts, type Offer } from './offers.queries.ts'
export { NEWEST_FIRST, PRODUCT_ORDERS, type ProductFilter, type ProductOrder, wordsOf } from './product-filter.ts'
export * from './product-view.ts'
export { findProductPage, findRelated, isProductShown } from './products.queries.ts'
