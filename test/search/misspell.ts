/** Slips of the finger, the same ones each time. */

/** A number from 0 to below `limit` that looks like any. */
export function pick(seed: number, limit: number): number {
  return ((seed * 48_271 + 12_345) % 1_000_003) % limit
}

const SLIPS = [
  (word: string, at: number) => word.slice(0, at) + word.slice(at + 1),
  (word: string, at: number) => word.slice(0, at) + word[at] + word.slice(at),
  (word: string, at: number) => word.slice(0, at) + NEIGHBOURS[word[at]!.toLowerCase()] + word.slice(at + 1),
  (word: string, at: number) => {
    const from = Math.min(at, word.length - 2)
    return word.slice(0, from) + word[from + 1] + word[from] + word.slice(from + 2)
  },
]
/** The next key. */
const NEIGHBOURS: Record<string, string> = Object.fromEntries(
  ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'].flatMap((row) =>
    [...row].map((key, at) => [key, row[at + 1] ?? row[at - 1]!]),
  ),
)

/** The word with one slip in it: a letter left out, doubled, or missed, or two that changed places. */
export function misspell(word: string, seed: number): string {
  const slip = SLIPS[pick(seed, SLIPS.length)]!
  const wrong = slip(word, pick(seed * 7 + 1, word.length))
  return wrong.includes('undefined') || wrong === word ? SLIPS[0]!(word, pick(seed, word.length)) : wrong
}
