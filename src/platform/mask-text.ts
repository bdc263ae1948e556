/** What nobody should read in a text that was not meant for him: credentials, tokens, card numbers, addresses of people. */
const MASKS: [RegExp, string][] = [
  // scheme://user:password@host
  [/(\b[a-z][a-z\d+.-]{0,20}:\/\/)[^\s/@]{1,200}@/gi, '$1***@'],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 ***'],
  // JSON web tokens, and the keys of gateways.
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '***'],
  [/\b(sk|rk|pk|whsec|rzp)_[\w]{6,}/g, '***'],
  [
    /\b([\w-]{0,40}(?:password|passwd|secret|token|api[_-]?key|authorization|otp|cvv)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;&)}\]]+)/gi,
    '$1***',
  ],
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, '***@***'],
  [/\b(?:\d[ -]?){13,19}\b/g, '***'],
]

/** No more of a text is looked at. The patterns have bounds: none of them is slow on a long one. */
const TEXT_MAX = 10_000

/** The beginning of a text, without them. */
export function maskText(text: string): string {
  return MASKS.reduce((masked, [pattern, instead]) => masked.replaceAll(pattern, instead), text.slice(0, TEXT_MAX))
}
