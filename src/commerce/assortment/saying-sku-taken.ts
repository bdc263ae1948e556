import { Refusal } from '#platform/refusal.ts'

/** Somebody took the article number between the look and the write: that is told as if it had been seen. */
export async function sayingSkuTaken<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    const isTaken = error instanceof Refusal && error.code === 'sku_taken'
    throw isTaken ? new Refusal('invalid', 'invalid_fields', error.message, { fields: { sku: 'sku_taken' } }) : error
  }
}
