/** The absolute address of a stored file: "/files/a.webp" is served here, "https://…" elsewhere. */
export function toFileUrl(publicUrl: string, stored: string): string
export function toFileUrl(publicUrl: string, stored: string | null): string | null
export function toFileUrl(publicUrl: string, stored: string | null): string | null {
  if (stored === null || /^https?:\/\//i.test(stored)) return stored
  return `${publicUrl}${stored.startsWith('/') ? '' : '/'}${stored}`
}
