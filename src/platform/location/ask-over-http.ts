import { type Provider, readName, toCountryCode } from './whereabouts.ts'

const ANSWER_WITHIN_MS = 3000

/**
 * A service at an address with `{ip}` in it. It answers JSON: `country` as a code of two letters, `region` and `city`
 * where it knows them; 404 where it knows nothing.
 */
export function askOverHttp(template: string): Provider {
  const closed = new AbortController()
  return {
    find: async (address) => {
      const url = template.replaceAll('{ip}', encodeURIComponent(address))
      const response = await fetch(url, {
        headers: { accept: 'application/json' },
        signal: AbortSignal.any([closed.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      })
      if (!response.ok) await response.body?.cancel()
      if (response.status === 404) return undefined
      if (!response.ok) throw new Error(`the service answered ${response.status}`)
      const told = ((await response.json()) ?? {}) as Record<string, unknown>
      return { country: toCountryCode(told.country), region: readName(told.region), city: readName(told.city) }
    },
    close: () => closed.abort(new Error('closed')),
  }
}
