/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type PromotionsDiscountType = 'fixed' | 'free_shipping' | 'percentage'

export interface PromotionsCoupons {
  amountMinor: number | null
  categoryIds: number[]
  code: string
  createdAt: Date
  currency: string | null
  description: string
  discountType: PromotionsDiscountType
  firstOrderOnly: boolean
  id: number
  isActive: boolean
  maxDiscountMinor: number | null
  minOrderMinor: number | null
  percent: string | null
  productIds: number[]
  removedAt: Date | null
  usageLimit: number | null
  usageLimitPerAccount: number | null
  usedCount: number
  validFrom: Date | null
  validTo: Date | null
}

export interface PromotionsRedemptions {
  accountId: number
  couponId: number
  id: number
  orderNumber: string
  redeemedAt: Date
}
