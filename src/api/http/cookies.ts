import type { Config } from '../../config.ts'

/** Whether cookies are for TLS alone (SF-504): where the server is reached by it, unless it is said otherwise. */
export const securesCookies = ({
  PUBLIC_URL,
  SECURE_COOKIES,
}: Pick<Config, 'PUBLIC_URL' | 'SECURE_COOKIES'>): boolean =>
  SECURE_COOKIES === 'auto' ? PUBLIC_URL.startsWith('https:') : SECURE_COOKIES === 'always'

/** The value of a cookie that came with a request; undefined without it. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}
