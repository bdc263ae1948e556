import type { Reader, Response } from 'maxmind'
import { type Provider, readName, toCountryCode, type Whereabouts } from './whereabouts.ts'

type Names = { names?: { en?: unknown } }
/** The two shapes in use: nested with names in many languages, or flat. */
type Entry = {
  country?: { iso_code?: unknown } | undefined
  subdivisions?: Names[]
  city?: Names | string
  country_code?: unknown
  state1?: unknown
}

/** A database file in the format of MaxMind. It is read at the first question, and whole: 8 MB for countries alone. */
export function searchDatabase(path: string): Provider {
  let opening: Promise<Reader<Response>> | undefined
  return {
    find: async (address) => {
      // One that could not be opened is tried again: its owner may put it in its place meanwhile.
      opening ??= read(path).catch((error) => {
        opening = undefined
        throw error
      })
      const entry = (await opening).get(address) as Entry | null
      return entry ? toWhereabouts(entry) : undefined
    },
    close: () => {
      opening = undefined
    },
  }
}

/** Records that stay decoded. */
const CACHED_MAX = 1000

/** The library as well is loaded only where somebody asks. */
async function read(path: string): Promise<Reader<Response>> {
  const { open } = await import('maxmind')
  return open<Response>(path, { cache: { max: CACHED_MAX } })
}

function toWhereabouts({ country, subdivisions, city, country_code, state1 }: Entry): Whereabouts {
  return {
    country: toCountryCode(country?.iso_code ?? country_code),
    region: readName(subdivisions?.[0]?.names?.en ?? state1),
    city: readName(typeof city === 'object' ? city.names?.en : city),
  }
}
