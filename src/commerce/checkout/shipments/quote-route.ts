import { carrierFor, type Quote, type Route } from '#commerce/shipping'
import type { App } from '../../app.ts'

/** What it would cost to send a parcel, cheapest first (SF-341). Where the carrier does not answer, or nobody goes there, the shop quotes. */
export async function quoteRoute(app: App, route: Route): Promise<Quote[]> {
  const carrier = carrierFor(app.carriers, { currency: route.currency, country: route.to.country })
  const quotes = await carrier.quote(route).catch((error) => {
    app.log.warn({ err: error, carrier: carrier.name }, 'the carrier did not quote')
    return []
  })
  const offered = quotes.length > 0 || carrier.isLocal ? quotes : await app.carriers.at(-1)!.quote(route)
  return offered.toSorted((one, other) => one.rateMinor - other.rateMinor)
}
