/** What is known of a place, read from what strangers say of it: it ends in mails and in lists. */

/** The country as its ISO code of two letters; region and city by their English names. Null is not known. */
export type Whereabouts = { country: string | null; region: string | null; city: string | null }
/** One who may know. Nothing where the address is not known to it; may throw. */
export type Provider = { find(address: string): Promise<Whereabouts | undefined>; close(): void }

const NAME_LENGTH_MAX = 100

/** A code of two letters, in capitals; null for anything else. */
export function toCountryCode(told: unknown): string | null {
  return typeof told === 'string' && /^[a-z]{2}$/i.test(told) ? told.toUpperCase() : null
}

/** A name in one line; null for anything else. */
export function readName(told: unknown): string | null {
  if (typeof told !== 'string') return null
  return (
    told
      .replaceAll(/[\s\p{C}]+/gu, ' ')
      .trim()
      .slice(0, NAME_LENGTH_MAX) || null
  )
}
