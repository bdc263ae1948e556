import { carrierCalled, type Quote, type Route } from '#commerce/shipping'
import type { App } from '../../app.ts'

/** What it would cost to send a parcel, cheapest first (SF-341). Where the carrier does not answer, or knows no way, that of the shop does. */
export async function quoteRoute(app: App, route: Route): Promise<Quote[]> {
  const { main } = app.carriers
  const quotes = await main.quote(route).catch((error) => {
    app.log.warn({ err: error, carrier: main.name }, 'the carrier did not quote')
    return []
  })
  const offered = quotes.length > 0 || main.isLocal ? quotes : await carrierCalled(app.carriers, '').quote(route)
  return offered.toSorted((one, other) => one.rateMinor - other.rateMinor)
}
