/** Reviews for tests, made through the module's face. */
import { approveReview, submitReview } from '#commerce/reviews'
import { type Overrides, type SignedUp, signedUp } from './accounts.ts'
import type { StockedProduct } from './products.ts'
import type { TestShop } from './shop.ts'

export type Reviewed = { author: SignedUp; id: number }
type Said = Overrides & { rating?: number; title?: string; comment?: string; isApproved?: boolean }

/** A review by somebody new: four stars, and approved, unless it is said otherwise. */
export async function reviewed(
  { shop }: { shop: TestShop },
  product: StockedProduct,
  { rating = 4, title = 'Fine', comment = 'Rings true.', isApproved = true, ...names }: Said = {},
): Promise<Reviewed> {
  const author = await signedUp({ shop }, names)
  const handle = { id: product.id, slug: product.slug }
  const { id } = await submitReview(shop, author.accountId, handle, { rating, title, comment })
  if (isApproved) await approveReview(shop, { id })
  return { author, id }
}
