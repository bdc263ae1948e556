/** How far two words are apart: letters put in, left out or replaced, and neighbours that changed places. */

/** The fewest of such edits that make one text of the other (optimal string alignment); `limit` + 1 where they are more. */
export function countEdits(one: string, other: string, limit = Number.POSITIVE_INFINITY): number {
  const [a, b] = [[...one], [...other]]
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = last[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1)
      let least = Math.min(replaced, last[column]! + 1, current[column - 1]! + 1)
      const areSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (areSwapped) least = Math.min(least, before[column - 2]! + 1)
      current.push(least)
    }
    if (Math.min(...current) > limit) return limit + 1
    before = last
    last = current
  }
  return Math.min(last[b.length]!, limit + 1)
}

/** How many edits a word of this length may be wrong by: none of a short one. */
export function editsAllowed(word: string): number {
  const { length } = [...word]
  if (length < 4 || /\d/.test(word)) return 0
  return length < 6 ? 1 : 2
}

/** From 0, nothing in common, to 1, the same: what is left of the longer one without the edits (SF-255). */
export function likenessOf(one: string, other: string): number {
  const longest = Math.max([...one].length, [...other].length)
  return longest === 0 ? 1 : 1 - countEdits(one, other) / longest
}
