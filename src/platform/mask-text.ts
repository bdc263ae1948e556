/** What nobody should read in a text that was not meant for him: credentials, tokens, card numbers, addresses of people. */
const MASKS: [RegExp, string][] = [
  // scheme://user:password@host
  [/(\b[a-z][a-z\d+.-]*:\/\/)[^\s/@]+@/gi, '$1***@'],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 ***'],
  // JSON web tokens, and the keys of gateways.
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '***'],
  [/\b(sk|rk|pk|whsec|rzp)_[\w]{6,}/g, '***'],
  [
    /\b([\w-]*(?:password|passwd|secret|token|api[_-]?key|authorization|otp|cvv)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;&)}\]]+)/gi,
    '$1***',
  ],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '***@***'],
  [/\b(?:\d[ -]?){13,19}\b/g, '***'],
]

/** No more of a text is looked at, and none of the patterns below is quick on a long one. */
const TEXT_MAX = 10_000

/** The beginning of a text, without them. */
export function maskText(text: string): string {
  return MASKS.reduce((masked, [pattern, instead]) => masked.replaceAll(pattern, instead), text.slice(0, TEXT_MAX))
}
