/** Names in addresses: "Café Crème, 250 g" is found at cafe-creme-250-g. */

const ENCODED_LENGTH_MAX = 120
/** Of Latin letters only: elsewhere a mark makes another letter, as й of и. */
const ACCENTS = /(?<=\p{Script=Latin})[\u0300-\u036f]+/gu
const GAPS = /[^\p{L}\p{N}\p{M}]+/gu

/** The slug of a name, or `fallback` where the name has neither letter nor digit. Letters of any script stay. */
export function slugify(name: string, fallback: string): string {
  const words = name.normalize('NFKD').replace(ACCENTS, '').normalize('NFC').toLowerCase().replace(GAPS, '-')
  let slug = words
  while (encodeURIComponent(slug).length > ENCODED_LENGTH_MAX) slug = [...slug].slice(0, -1).join('')
  return slug.replace(/^-+|-+$/g, '') || fallback
}

/** The slug itself while it is free, else the first of slug-2, slug-3 … that is. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug
  let number = 2
  while (taken.has(`${slug}-${number}`)) number += 1
  return `${slug}-${number}`
}

/** The same with its slug, where it has one, made to fit into an address. */
export const withSlug = <Changes extends { slug?: string }>(changes: Changes, fallback: string): Changes =>
  changes.slug === undefined ? changes : { ...changes, slug: slugify(changes.slug, fallback) }
