/** The carrier that comes with the shop: numbers of its own, rates as staff set them, a history of what staff and webhooks tell. */
import { createHash } from 'node:crypto'
import type { Db } from '#platform/database'
import { listMethods } from '../queries.ts'
import { rateOf } from '../quote.ts'
import type { Carrier } from './carrier.ts'
import { readSignedEvent } from './signed-events.ts'

export const BUILTIN_NAME = 'Souk Post'

type Settings = { webhookSecret: string; frontendUrl: string }

export function builtinCarrier(db: Db, { webhookSecret, frontendUrl }: Settings): Carrier {
  return {
    name: BUILTIN_NAME,
    serves: () => true,
    isLocal: true,
    quote: async ({ to, load, currency }) =>
      (await listMethods(db))
        .filter((method) => method.currency === currency)
        .map((method) => ({ ...method, rateMinor: rateOf(method, { ...to, ...load }) })),
    book: async ({ shipment }) => {
      const trackingNumber = trackingNumberOf(shipment.labelKey)
      return {
        trackingNumber,
        trackingUrl: `${frontendUrl}/track/${trackingNumber}`,
        reference: null,
        service: null,
        estimatedDelivery: null,
      }
    },
    cancel: async () => {},
    track: async () => [],
    label: async () => undefined,
    readEvent: (headers, rawBody, now) => readSignedEvent(webhookSecret, headers, rawBody, now),
  }
}

/** No 0 and O, no 1 and I: a number is read out on the telephone. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Twelve signs of 2^60 possibilities, the same for the same parcel; the key of its label cannot be found from them. */
function trackingNumberOf(labelKey: string): string {
  const digest = createHash('sha256').update(`tracking ${labelKey}`).digest()
  return `SP${Array.from({ length: 12 }, (_, at) => ALPHABET[digest[at]! % ALPHABET.length]).join('')}`
}
