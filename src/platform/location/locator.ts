import { access } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { assertNoTransaction } from '#platform/database'
import type { Log } from '#platform/log'
import { askOverHttp } from './ask-over-http.ts'
import { isLocal, toAddress } from './network.ts'
import { searchDatabase } from './search-database.ts'
import type { Provider, Whereabouts } from './whereabouts.ts'

/** `label` is for people: `Frankfurt am Main, Hesse, Germany`, as far as it is known. */
export type Place = Whereabouts & { label: string }

/** Answers where an address is (NX-053, NX-054). Never throws on account of whoever is asked. */
export type Locator = { locate(ip: string): Promise<Place>; close(): void }

const NOWHERE: Whereabouts = { country: null, region: null, city: null }
const BUNDLED = import.meta.resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb')

/**
 * Opens what GEOLOCATION names: `bundled` for the countries that come with Souk, `none`, the path of an .mmdb file, or
 * an address with `{ip}` in it that answers JSON with country, region and city.
 */
export async function openLocator(setting: string, log: Log): Promise<Locator> {
  const provider = await openProvider(setting, log)
  return {
    locate: async (ip) => {
      assertNoTransaction()
      const address = toAddress(ip)
      if (address === undefined) return toPlace(NOWHERE)
      if (isLocal(address)) return { ...NOWHERE, label: 'Local network' }
      try {
        return toPlace((await provider?.find(address)) ?? NOWHERE)
      } catch (error) {
        log.warn({ err: error, ip: address }, 'the place of an address could not be looked up')
        return toPlace(NOWHERE)
      }
    },
    close: () => provider?.close(),
  }
}

async function openProvider(setting: string, log: Log): Promise<Provider | undefined> {
  if (setting === 'none') return undefined
  if (/^https?:/.test(setting)) return askOverHttp(setting)
  if (setting === 'bundled') return searchDatabase(fileURLToPath(BUNDLED))
  // The shop opens without it; but its owner should hear of it now, not at the first sign-in.
  await access(setting).catch((error) => log.warn({ err: error }, 'GEOLOCATION names a file that cannot be read'))
  return searchDatabase(setting)
}

const countries = new Intl.DisplayNames('en', { type: 'region' })

function toPlace({ country, region, city }: Whereabouts): Place {
  const known = [city, region, country && countries.of(country)].filter(Boolean)
  return { label: known.join(', ') || 'Unknown', country, region, city }
}
