/** Whose cart it is: an account's, or that of whoever holds the token. */
import { createHash, randomBytes } from 'node:crypto'
import { GUEST_CART_DAYS } from './cart.ts'

/**
 * A guest is known by a token alone. A client never chooses it: a token that we did not issue finds no cart. With `isOurs` it was
 * made by us for this guest, whether there is a cart yet or not: one may be made under it. `visitorId` is what statistics call him.
 */
export type CartOwner = { accountId: number } | { token: string; isOurs?: true; visitorId?: string }

/** 256 random bits, for the guest alone (V1-251). */
export function newCartToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a token: who reads the database cannot take over carts. */
export function hashCartToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** A guest cart that was last touched before this is expired, whether it was removed yet or not (V1-258). */
export function guestCartsExpireBefore(now: Date): Date {
  return new Date(now.getTime() - GUEST_CART_DAYS * 86_400_000)
}
