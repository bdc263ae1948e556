/** What an error says. Of several attempts (IPv6, IPv4) each error has its own words, and the whole has none. */
export function wordsOf(error: Error): string {
  return error instanceof AggregateError ? error.errors.map(({ message }) => message).join(', ') : error.message
}
