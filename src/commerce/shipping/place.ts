/** Where a parcel goes, and whether that is in a zone: rules, without a database. */

/** The country by its code of two letters or its English name; the postal code as people write it. */
export type Place = { country: string; postalCode?: string }
/** Countries as codes; both lists empty: everywhere. */
export type Area = { countries: string[]; postalPrefixes: string[] }

export function isIn({ countries, postalPrefixes }: Area, { country, postalCode = '' }: Place): boolean {
  const code = compact(postalCode)
  return (
    (countries.length === 0 || countries.includes(countryCode(country))) &&
    (postalPrefixes.length === 0 || postalPrefixes.some((prefix) => code.startsWith(compact(prefix))))
  )
}

/** "560 001" and "560001" are one place, and so are "sw1y" and "SW1Y". */
const compact = (postalCode: string): string => postalCode.replaceAll(/[\s-]/g, '').toUpperCase()

/** IN for "IN", "in" and "India"; a name that is not known is left as it is, and is in no list of codes. */
export function countryCode(country: string): string {
  const name = country.trim()
  if (/^[a-z]{2}$/i.test(name)) return name.toUpperCase()
  return codesByName().get(name.toLowerCase()) ?? name
}

let known: Map<string, string> | undefined

/** Written out by nobody: the names of all pairs of letters that have one. */
function codesByName(): Map<string, string> {
  if (known) return known
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  const named = codes.map((code) => [names.of(code)?.toLowerCase() ?? '', code] as const)
  known = new Map(named.filter(([name]) => name !== '').reverse())
  return known
}
