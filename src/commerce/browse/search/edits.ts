/** How far two words are apart: letters put in, left out or replaced, and neighbours that changed places. */

/** The fewest of such edits that make one text of the other, as Damerau and Levenshtein count them. */
export function countEdits(one: string, other: string): number {
  const [a, b] = [[...one], [...other]]
  const most = a.length + b.length
  const lastRowOf = new Map<string, number>()
  // A row and a column more than usual: what lies before the beginning costs more than anything.
  const table = Array.from({ length: a.length + 2 }, (_, row) =>
    Array.from({ length: b.length + 2 }, (_, column) => (row === 0 || column === 0 ? most : Math.max(row, column) - 1)),
  )
  for (let row = 1; row <= a.length; row += 1) {
    let lastColumn = 0
    for (let column = 1; column <= b.length; column += 1) {
      const [swapRow, swapColumn] = [lastRowOf.get(b[column - 1]!) ?? 0, lastColumn]
      const isSame = a[row - 1] === b[column - 1]
      if (isSame) lastColumn = column
      table[row + 1]![column + 1] = Math.min(
        table[row]![column]! + (isSame ? 0 : 1),
        table[row + 1]![column]! + 1,
        table[row]![column + 1]! + 1,
        table[swapRow]![swapColumn]! + (row - swapRow - 1) + 1 + (column - swapColumn - 1),
      )
    }
    lastRowOf.set(a[row - 1]!, row)
  }
  return table[a.length + 1]![b.length + 1]!
}

/** By how many edits what was typed may miss a word: none where it is short or has a digit, one from four letters on, two from six. */
export function editsAllowed(typed: string, meant = typed): number {
  const { length } = [...typed]
  if (length < 4 || /\d/.test(typed)) return 0
  return length >= 6 || (length === 5 && [...meant].length >= 6) ? 2 : 1
}

/** From 0, nothing in common, to 1, the same: what is left of the longer one without the edits (SF-255). */
export function likenessOf(one: string, other: string): number {
  const longest = Math.max([...one].length, [...other].length)
  return longest === 0 ? 1 : 1 - countEdits(one, other) / longest
}
