/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export interface BrowseProductViews {
  productId: number
  views: number
}
