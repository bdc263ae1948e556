import { assertNoTransaction } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { Gateway } from '../gateway.ts'

/** The gateway that comes with the shop: the buyer pays on a page of its own under `pages`, which tells of it by webhook. */
export function builtinGateway(_secret: string, pages: string): Gateway {
  return {
    createIntent: async ({ paymentId }) => {
      assertNoTransaction()
      return { reference: paymentId, status: 'pending', clientSecret: null, approvalUrl: `${pages}/pay/${paymentId}` }
    },
    cancelIntent: async () => assertNoTransaction(),
    refund: async ({ refundId }) => {
      assertNoTransaction()
      return { reference: refundId, status: 'succeeded' }
    },
    readEvent: () => {
      throw new Refusal('invalid', 'invalid_signature', 'The signature is not valid')
    },
  }
}
