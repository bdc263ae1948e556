/**
 * What an answer is kept under: the address without the slash at its end, which no route looks at (V1-013), and with its
 * parameters sorted by name (NX-141). Unknown parameters stay part of it: the links of a page carry them on.
 */
export function addressKey(url: string): string {
  const at = url.indexOf('?')
  const path = at < 0 ? url : url.slice(0, at)
  const bare = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
  const query = at < 0 ? '' : url.slice(at + 1)
  if (query === '') return bare
  return `${bare}?${query.includes('&') ? sorted(query) : query}`
}

/** Of parameters of one name the order stays: it may matter. */
function sorted(query: string): string {
  const parts = query.split('&').filter(Boolean)
  return parts
    .map((part) => ({ part, name: part.split('=', 1)[0]! }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map(({ part }) => part)
    .join('&')
}
