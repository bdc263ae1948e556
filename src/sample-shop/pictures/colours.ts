/** The colours of the bazaar, and how one becomes lighter or darker. */

export const ink = {
  paprika: '#b3392c',
  terracotta: '#c7603f',
  apricot: '#e59866',
  saffron: '#e3a033',
  turmeric: '#e9b949',
  cream: '#f6ead4',
  chalk: '#fbf6ea',
  sand: '#ddc096',
  clay: '#a8603f',
  rose: '#cf8181',
  blush: '#ebc0ae',
  plum: '#6d3957',
  indigo: '#2c3d70',
  lapis: '#2f5fa3',
  sky: '#a5c8d2',
  teal: '#26757a',
  turquoise: '#4aa7a4',
  mint: '#a9cdb4',
  leaf: '#4f7d4b',
  olive: '#808548',
  moss: '#3f5a40',
  walnut: '#6b4329',
  oak: '#b5834f',
  saddle: '#9c5a2e',
  cognac: '#b96d33',
  copper: '#c1703f',
  brass: '#cf9f45',
  steel: '#9aa3a8',
  night: '#23233f',
  charcoal: '#33302f',
} as const

/** What a department stands in front of. */
export type Palette = { wall: string; niche: string; floor: string; line: string }

export const palettes = {
  textiles: { wall: '#e4c9ac', niche: '#efdcc3', floor: '#b98560', line: '#d3ae87' },
  lamps: { wall: '#2e3054', niche: '#3f426d', floor: '#23233f', line: '#4b4f7e' },
  ceramics: { wall: '#bcd4d2', niche: '#d8e7e3', floor: '#7fa5a4', line: '#a5c5c3' },
  cookware: { wall: '#dfb38c', niche: '#edcdab', floor: '#9c5f41', line: '#d09d72' },
  tea: { wall: '#c3d1ae', niche: '#dbe4ca', floor: '#82956b', line: '#afc197' },
  spices: { wall: '#efc98b', niche: '#f7dfb3', floor: '#c07a3e', line: '#e4b56d' },
  leather: { wall: '#d9cfc0', niche: '#e9e2d6', floor: '#a08f7a', line: '#c8baa6' },
  instruments: { wall: '#b9636a', niche: '#cb7f80', floor: '#7c3a47', line: '#a8525b' },
  paper: { wall: '#c6c4dd', niche: '#dddcec', floor: '#8d8ab4', line: '#b3b0d0' },
} as const satisfies Record<string, Palette>

/** Between two colours: 0 is the first, 1 the second. */
export function mix(first: string, second: string, share: number): string {
  const part = (colour: string, index: number) => Number.parseInt(colour.slice(1 + index * 2, 3 + index * 2), 16)
  const parts = [0, 1, 2].map((index) => Math.round(part(first, index) * (1 - share) + part(second, index) * share))
  return `#${parts.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

export const darker = (colour: string, share = 0.25): string => mix(colour, '#1c1420', share)
export const lighter = (colour: string, share = 0.25): string => mix(colour, '#fffaf0', share)
