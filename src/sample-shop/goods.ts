/** What a product of the sample shop is, and where and by whom it is sold. */
import type { Niche } from './pictures/backdrop.ts'
import type { Drawing } from './pictures/svg.ts'

/** What one buys: its options, the price in cents, the weight in grams, what is left of it, and the former price in cents. */
type SampleVariant = readonly [
  options: Record<string, string>,
  priceMinor: number,
  weightGrams: number,
  left: number,
  formerMinor?: number,
]

export type SampleProduct = {
  /** The beginning of the skus of its variants. */
  sku: string
  name: string
  brand: keyof typeof brands
  category: keyof typeof categories
  description: string
  tags: string[]
  specifications: Record<string, string>
  featured?: true
  variants: SampleVariant[]
  picture: { behind: Niche | 'wall'; draw: () => Drawing; alt: string }
}

type SampleCategory = { name: string; parent?: string; description: string }

/** Parents before their children. */
export const categories = {
  home: { name: 'Home & Living', description: 'For the floor, the sofa, the bath and the long evening.' },
  textiles: { name: 'Textiles', parent: 'home', description: 'Woven, knotted, printed and stitched.' },
  rugs: { name: 'Rugs & Kilims', parent: 'textiles', description: 'Knotted piles and flat weaves in wool.' },
  linens: {
    name: 'Cushions, Throws & Linens',
    parent: 'textiles',
    description: 'Covers, blankets, towels and cloths.',
  },
  lamps: { name: 'Lamps & Lanterns', parent: 'home', description: 'Glass, brass and paper for a warm light.' },
  table: { name: 'Kitchen & Table', description: 'To cook with, to serve in, to drink from.' },
  ceramics: { name: 'Ceramics', parent: 'table', description: 'Thrown, glazed and painted; vases among them.' },
  cups: { name: 'Cups & Mugs', parent: 'ceramics', description: 'For coffee, tea and whatever else is hot.' },
  bowls: { name: 'Bowls & Plates', parent: 'ceramics', description: 'For the table, and for the wall above it.' },
  cookware: { name: 'Cookware', parent: 'table', description: 'Copper, clay, stone and olive wood.' },
  pantry: { name: 'Pantry', description: 'What a good kitchen has in the cupboard.' },
  tea: { name: 'Tea', parent: 'pantry', description: 'Leaves, flowers, and what they are served in.' },
  spices: { name: 'Spices', parent: 'pantry', description: 'Whole and ground, packed in small lots.' },
  leather: { name: 'Leather', description: 'Vegetable-tanned hides that grow better with use.' },
  bags: { name: 'Bags', parent: 'leather', description: 'For work, for the market, for two nights away.' },
  'leather-goods': { name: 'Small Leather Goods', parent: 'leather', description: 'Wallets, belts, slippers, seats.' },
  'music-and-paper': { name: 'Music & Paper', description: 'For players and writers.' },
  instruments: {
    name: 'Instruments',
    parent: 'music-and-paper',
    description: 'Made to be played, not only looked at.',
  },
  drums: { name: 'Drums & Percussion', parent: 'instruments', description: 'Goblets, frames and jingles.' },
  melody: {
    name: 'Lutes, Flutes & Keys',
    parent: 'instruments',
    description: 'Strings to pluck, reeds to blow, tines to press.',
  },
  paper: {
    name: 'Notebooks & Paper',
    parent: 'music-and-paper',
    description: 'Bound books, marbled sheets, ink and reed pens.',
  },
} as const satisfies Record<string, SampleCategory>

export const brands = {
  weavers: { name: 'Weavers’ Gate', description: 'A cooperative of rug weavers who sign each piece on the back.' },
  courtyard: { name: 'Courtyard Linen', description: 'Cotton and linen for bath, bed and table.' },
  qamar: { name: 'Qamar Lamps', description: 'Glass cutters and coppersmiths who make nothing but light.' },
  kiln: { name: 'Kiln Street', description: 'A pottery of five wheels and one large kiln.' },
  coppersmiths: { name: 'Coppersmiths’ Row', description: 'Pots and trays, hammered by hand and tinned inside.' },
  hilltop: { name: 'Hilltop Leaf', description: 'Teas from small gardens, bought by the harvest.' },
  saffrongate: { name: 'Saffron Gate', description: 'Spices, cleaned and ground in the week they are sold.' },
  tannery: { name: 'Old Tannery', description: 'Bags and belts of vegetable-tanned leather.' },
  bulbul: { name: 'Bulbul Instruments', description: 'A workshop of three luthiers and one drum maker.' },
  reed: { name: 'Reed & Ink', description: 'Bookbinders and marblers; everything for the desk.' },
} as const
