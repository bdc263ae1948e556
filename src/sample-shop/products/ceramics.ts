/** Vases, cups, bowls, plates. */
import type { SampleProduct } from '../goods.ts'
import { ink } from '../pictures/colours.ts'
import { bowls, cups, plate } from '../pictures/tableware.ts'
import { vase } from '../pictures/vases.ts'

const { terracotta, cream, indigo, lapis, chalk, turquoise, teal, saffron, sand, paprika } = ink
const blue = { body: chalk, trim: lapis, accent: terracotta }
const DISHWASHER = 'Dishwasher and microwave safe'

export const ceramics: SampleProduct[] = [
  {
    sku: 'VASE-AMPHORA',
    name: 'Terracotta Amphora Vase',
    brand: 'kiln',
    category: 'ceramics',
    featured: true,
    description:
      'Red clay with a cream slip band, painted with a row of indigo diamonds. Glazed inside, so that it holds water; bare outside, so that it feels like earth.',
    tags: ['terracotta', 'hand-painted', 'vase'],
    specifications: { Material: 'Terracotta', Inside: 'Glazed, watertight', Care: 'Wash by hand' },
    variants: [
      [{ size: 'small, 22 cm' }, 3900, 1100, 14],
      [{ size: 'large, 34 cm' }, 6400, 2300, 6],
    ],
    picture: {
      behind: 'arch',
      draw: () => vase('amphora', { body: terracotta, trim: cream, accent: indigo }, 'olive'),
      alt: 'Terracotta vase with a diamond band, holding olive twigs',
    },
  },
  {
    sku: 'VASE-BOTTLE',
    name: 'Lapis Bottle Vase',
    brand: 'kiln',
    category: 'ceramics',
    description:
      'A round belly and a neck for a single stem. The blue comes from cobalt under a clear glaze and is never twice the same.',
    tags: ['stoneware', 'blue', 'vase'],
    specifications: { Material: 'Stoneware', Height: '31 cm', Care: 'Wash by hand' },
    variants: [[{}, 5200, 1450, 8]],
    picture: {
      behind: 'sun',
      draw: () => vase('bottle', { body: lapis, trim: chalk, accent: turquoise }),
      alt: 'Blue bottle-shaped vase with a white band of turquoise diamonds',
    },
  },
  {
    sku: 'VASE-MOON',
    name: 'Moon Jar',
    brand: 'kiln',
    category: 'ceramics',
    description:
      'A full, round jar in chalk white with a teal girdle. Thrown in two halves and joined at the widest point, which you can feel with a finger.',
    tags: ['stoneware', 'white', 'vase', 'hand-painted'],
    specifications: { Material: 'Stoneware', Height: '27 cm', Diameter: '25 cm', Care: 'Wash by hand' },
    variants: [[{}, 7800, 2600, 3, 8900]],
    picture: {
      behind: 'horseshoe',
      draw: () => vase('moon', { body: chalk, trim: teal, accent: saffron }, 'poppy'),
      alt: 'Round white jar with a teal band, holding three poppies',
    },
  },
  {
    sku: 'CUP-BEAKER',
    name: 'Dipped Beakers, Set of Three',
    brand: 'kiln',
    category: 'cups',
    description:
      'Beakers without a handle, dipped in teal up to the waist. They stack, they fit the palm, and they keep coffee hot for a chapter.',
    tags: ['stoneware', 'set', 'coffee'],
    specifications: { Material: 'Stoneware', Capacity: '220 ml', Care: DISHWASHER },
    variants: [
      [{ colour: 'sand and teal' }, 3600, 780, 22],
      [{ colour: 'cream and teal' }, 3600, 780, 19],
    ],
    picture: {
      behind: 'sun',
      draw: () => cups('beaker', { body: sand, trim: teal, accent: cream }, 3),
      alt: 'Three beakers dipped in teal glaze',
    },
  },
  {
    sku: 'MUG-DOT',
    name: 'Market Mug',
    brand: 'kiln',
    category: 'cups',
    description:
      'A big mug with a big handle and three rows of thumb-print dots. Made for porridge mornings and soup evenings alike.',
    tags: ['stoneware', 'mug', 'gift'],
    specifications: { Material: 'Stoneware', Care: DISHWASHER },
    variants: [
      [{ capacity: '300 ml' }, 1800, 340, 48],
      [{ capacity: '450 ml' }, 2200, 460, 31],
    ],
    picture: {
      behind: 'arch',
      draw: () => cups('mug', { body: cream, trim: terracotta, accent: indigo }, 1),
      alt: 'Cream mug with rows of red and blue dots',
    },
  },
  {
    sku: 'CUP-ESPRESSO',
    name: 'Coffee House Cups, Set of Two',
    brand: 'kiln',
    category: 'cups',
    description:
      'Small cups with saucers for small strong coffee: one saffron, one turquoise, both with a white band. A pair for two who cannot agree on a colour.',
    tags: ['porcelain', 'coffee', 'set', 'gift'],
    specifications: {
      Material: 'Porcelain',
      Capacity: '90 ml',
      'In the box': 'Two cups, two saucers',
      Care: DISHWASHER,
    },
    variants: [[{}, 2900, 520, 26]],
    picture: {
      behind: 'horseshoe',
      draw: () => cups('espresso', { body: turquoise, trim: chalk, accent: saffron }, 2),
      alt: 'Two small coffee cups on saucers, saffron and turquoise',
    },
  },
  {
    sku: 'CUP-TULIP',
    name: 'Tulip Tumblers, Set of Two',
    brand: 'kiln',
    category: 'cups',
    description:
      'Waisted like a tea glass, but of clay, so that you can hold them. A ring of painted petals runs around the foot.',
    tags: ['stoneware', 'tea', 'set'],
    specifications: { Material: 'Stoneware', Capacity: '160 ml', Care: DISHWASHER },
    variants: [[{}, 2600, 430, 0]],
    picture: {
      behind: 'hills',
      draw: () => cups('tulip', blue, 2),
      alt: 'Two waisted tumblers with painted petals, white and terracotta',
    },
  },
  {
    sku: 'BOWL-SERVING',
    name: 'Painted Serving Bowl',
    brand: 'kiln',
    category: 'bowls',
    description: 'Wide enough for a salad for six, painted with a band of terracotta diamonds between two blue lines.',
    tags: ['stoneware', 'hand-painted', 'serving'],
    specifications: { Material: 'Stoneware', Care: DISHWASHER },
    variants: [
      [{ diameter: '24 cm' }, 4200, 1200, 13],
      [{ diameter: '30 cm' }, 5800, 1900, 7],
    ],
    picture: { behind: 'arch', draw: () => bowls([blue]), alt: 'White serving bowl with a painted blue and red band' },
  },
  {
    sku: 'BOWL-STACK',
    name: 'Breakfast Bowls, Set of Three',
    brand: 'kiln',
    category: 'bowls',
    featured: true,
    description:
      'Three bowls that stand in one another: teal at the bottom, saffron in the middle, painted white on top. For muesli, soup, olives, keys.',
    tags: ['stoneware', 'set', 'breakfast'],
    specifications: { Material: 'Stoneware', Diameter: '15 cm', Capacity: '500 ml', Care: DISHWASHER },
    variants: [[{}, 4800, 1500, 16, 5400]],
    picture: {
      behind: 'sun',
      draw: () =>
        bowls([{ body: teal, trim: cream, accent: teal }, { body: saffron, trim: cream, accent: paprika }, blue]),
      alt: 'Stack of three bowls in teal, saffron and painted white',
    },
  },
  {
    sku: 'PLATE-STAR',
    name: 'Star Wall Plate',
    brand: 'kiln',
    category: 'bowls',
    description:
      'An eight-pointed star in cobalt and iron red, drawn with a brush of goat hair. It hangs on the wall by a wire on the back, and comes down for feasts.',
    tags: ['hand-painted', 'wall', 'serving'],
    specifications: { Material: 'Stoneware', Diameter: '28 cm', Hanging: 'Wire on the back', Care: 'Wash by hand' },
    variants: [[{}, 4600, 980, 9]],
    picture: {
      behind: 'wall',
      draw: () => plate('star', blue),
      alt: 'White plate with a blue and red eight-pointed star',
    },
  },
  {
    sku: 'PLATE-FISH',
    name: 'Harbour Fish Plate',
    brand: 'kiln',
    category: 'bowls',
    description:
      'One fish between two waves. The same drawing has been on the plates of this pottery since it sold to the harbour cafés.',
    tags: ['hand-painted', 'serving', 'gift'],
    specifications: { Material: 'Stoneware', Care: DISHWASHER },
    variants: [
      [{ diameter: '21 cm' }, 2400, 520, 18],
      [{ diameter: '28 cm' }, 3900, 940, 12],
    ],
    picture: {
      behind: 'wall',
      draw: () => plate('fish', { body: cream, trim: teal, accent: terracotta }),
      alt: 'Cream plate with a teal fish between two waves',
    },
  },
  {
    sku: 'PLATE-TULIP',
    name: 'Tulip Dinner Plates, Set of Four',
    brand: 'kiln',
    category: 'bowls',
    description:
      'Six tulips around a red heart. Four dinner plates that make even beans on toast look like an occasion.',
    tags: ['hand-painted', 'set', 'table'],
    specifications: { Material: 'Stoneware', Diameter: '26 cm', 'In the box': 'Four plates', Care: DISHWASHER },
    variants: [[{}, 9600, 3100, 5]],
    picture: {
      behind: 'wall',
      draw: () => plate('tulips', { body: chalk, trim: indigo, accent: paprika }),
      alt: 'White plate with six indigo and red tulips',
    },
  },
]
