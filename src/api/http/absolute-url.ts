/**
 * The full address of a picture: what is stored may be relative to this server ("/files/…"), and a client on another
 * host could not follow that. What is no address stays as it is.
 */
export function absoluteUrl(url: string | null, publicUrl: string): string | null {
  return url === null ? null : (URL.parse(url, publicUrl)?.href ?? url)
}
