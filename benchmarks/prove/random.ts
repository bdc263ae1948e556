/** Chance that comes again: the same seed gives the same numbers. */
export type Random = {
  /** From 0 to below 1. */
  fraction(): number
  /** A whole number of these, both included. */
  between(least: number, most: number): number
  shuffled<Each>(all: readonly Each[]): Each[]
}

/** Mulberry32: small, and even enough to choose moments by. */
export function openRandom(seed: number): Random {
  let state = (seed * 0x9e3779b1) >>> 0
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    fraction,
    between: (least, most) => least + Math.floor(fraction() * (most - least + 1)),
    shuffled: (all) =>
      all
        .map((each) => ({ each, rank: fraction() }))
        .toSorted((one, other) => one.rank - other.rank)
        .map(({ each }) => each),
  }
}
