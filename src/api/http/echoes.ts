import { isDeepStrictEqual } from 'node:util'

/** Said in the currency that is sent with them: after another currency, the same figures are other amounts. */
const AMOUNTS = ['price', 'compare_at_price', 'discount_price']

/**
 * What is sent as it is shown is no change: a client may send back the whole of what it read, changed in one place
 * (V1-203, NX-121, MP-070). Without this the shown sum of the stock would be spread over the variants anew.
 */
export function withoutEchoes<Sent extends object>(body: Sent, shown: object): Sent {
  const known = new Map<string, unknown>(Object.entries(shown))
  const isEcho = (key: string, value: unknown) => known.has(key) && isDeepStrictEqual(value, known.get(key))
  const hasNewCurrency = 'currency' in body && !isEcho('currency', body.currency)
  const isKept = ([key, value]: [string, unknown]) => !isEcho(key, value) || (hasNewCurrency && AMOUNTS.includes(key))
  return Object.fromEntries(Object.entries(body).filter(isKept)) as Sent
}
