import type { Buyer } from '#commerce/checkout'
import type { Viewer } from '#commerce/identity'

/** Who buys for himself on a surface; an address that names nobody is his. */
export const toBuyer = (
  {
    accountId,
    email,
    firstName,
    lastName,
    phone,
  }: Pick<Viewer, 'accountId' | 'email' | 'firstName' | 'lastName' | 'phone'>,
  channel: Buyer['channel'],
): Buyer => ({ accountId, email, channel, name: `${firstName} ${lastName}`.trim(), phone })
