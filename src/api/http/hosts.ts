/** Which names this server answers to (V1-169). */

/** Without a list every host is ours. `.example.com` in it stands for that name and all below. */
export function hostCheck(allowed: readonly string[]): (host: string) => boolean {
  if (allowed.length === 0 || allowed.includes('*')) return () => true
  const names = allowed.map((name) => name.toLowerCase())
  return (asked) => {
    const host = asked.toLowerCase()
    return names.some((name) => (name.startsWith('.') ? `.${host}`.endsWith(name) : host === name))
  }
}
