const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text for HTML, in an attribute or outside. Beyond ASCII it is written in numbers, so that no mail server breaks a line in it. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!)
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll(/[^\x20-\x7e]/gu, (character) => `&#${character.codePointAt(0)};`)
}
