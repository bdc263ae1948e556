/** Rugs, cushions, throws, towels. */
import type { SampleProduct } from '../goods.ts'
import { cushion, foldedPile, hanging } from '../pictures/cloths.ts'
import { ink } from '../pictures/colours.ts'
import { rug } from '../pictures/rugs.ts'

const { paprika, indigo, cream, saffron, terracotta, teal, charcoal, chalk, lapis, sky, olive, mint, plum, turquoise } =
  ink

export const textiles: SampleProduct[] = [
  {
    sku: 'RUG-MEDALLION',
    name: 'Garden Medallion Rug',
    brand: 'weavers',
    category: 'rugs',
    featured: true,
    description:
      'A hand-knotted wool rug with a star medallion in a garden of corner panels. The pile is clipped short, so that the drawing stays crisp under a table and the colours read from across the room.',
    tags: ['wool', 'handmade', 'living room'],
    specifications: {
      Material: 'Wool on a cotton warp',
      Technique: 'Hand-knotted, about 120,000 knots per m²',
      Pile: '8 mm',
      Care: 'Vacuum flat; professional cleaning',
    },
    variants: [
      [{ size: '120 × 180 cm' }, 34900, 6800, 7],
      [{ size: '160 × 230 cm' }, 59900, 11600, 4],
      [{ size: '200 × 300 cm' }, 94900, 18900, 2],
    ],
    picture: {
      behind: 'wall',
      draw: () => rug('medallion', { field: paprika, border: indigo, light: cream, accent: saffron }),
      alt: 'Red rug with a blue star medallion and a border of cream diamonds',
    },
  },
  {
    sku: 'RUG-KILIM',
    name: 'Mountain Kilim',
    brand: 'weavers',
    category: 'rugs',
    description:
      'A flat weave without a pile, light enough to carry under one arm and the same on both sides. Stepped diamonds in brick, teal and indigo, woven in one piece on an upright loom.',
    tags: ['wool', 'flat weave', 'reversible'],
    specifications: {
      Material: 'Wool',
      Technique: 'Slit-weave kilim',
      Thickness: '4 mm',
      Care: 'Shake out; cold hand wash',
    },
    variants: [
      [{ size: '90 × 150 cm' }, 16900, 2600, 12, 18900],
      [{ size: '140 × 200 cm' }, 28900, 5200, 6, 32900],
      [{ size: '170 × 240 cm' }, 41900, 7600, 3],
    ],
    picture: {
      behind: 'wall',
      draw: () => rug('kilim', { field: terracotta, border: indigo, light: cream, accent: teal }),
      alt: 'Brick-red kilim with stepped diamonds in indigo, cream and teal',
    },
  },
  {
    sku: 'RUG-LOZENGE',
    name: 'Lozenge Wool Rug',
    brand: 'weavers',
    category: 'rugs',
    description:
      'Undyed cream wool with a net of dark lozenges, knotted high and soft. Every lozenge is a little different from its neighbour, because it was counted by eye.',
    tags: ['wool', 'undyed', 'bedroom'],
    specifications: {
      Material: 'Undyed wool',
      Technique: 'Hand-knotted',
      Pile: '22 mm',
      Care: 'Vacuum without a brush',
    },
    variants: [
      [{ size: '140 × 200 cm' }, 46900, 9800, 5],
      [{ size: '200 × 290 cm' }, 82900, 19400, 0],
    ],
    picture: {
      behind: 'wall',
      draw: () => rug('berber', { field: cream, border: charcoal, light: chalk, accent: terracotta }),
      alt: 'Cream wool rug with a net of dark lozenges',
    },
  },
  {
    sku: 'RUG-RUNNER',
    name: 'Seven Stripe Runner',
    brand: 'weavers',
    category: 'rugs',
    description:
      'A narrow runner for a hallway or the side of a bed, striped in the seven colours of one dye lot with three rows of diamonds between them.',
    tags: ['wool', 'hallway', 'flat weave'],
    specifications: {
      Material: 'Wool on cotton',
      Width: '70 cm',
      Technique: 'Flat weave',
      Care: 'Shake out; cold hand wash',
    },
    variants: [
      [{ size: '70 × 200 cm' }, 13900, 2900, 14],
      [{ size: '70 × 300 cm' }, 19900, 4300, 8],
      [{ size: '70 × 400 cm' }, 25900, 5700, 1],
    ],
    picture: {
      behind: 'wall',
      draw: () => rug('runner', { field: teal, border: indigo, light: cream, accent: terracotta }),
      alt: 'Narrow striped runner with rows of diamonds',
    },
  },
  {
    sku: 'CUSHION-IKAT',
    name: 'Ikat Cushion Cover',
    brand: 'courtyard',
    category: 'linens',
    description:
      'The threads are dyed before they are woven, which gives the pattern its feathered edges. Cotton and silk on the front, plain cotton on the back, a hidden zip, and a tassel at each corner.',
    tags: ['ikat', 'cotton', 'silk'],
    specifications: {
      Material: '60 % cotton, 40 % silk',
      Back: 'Cotton',
      Closure: 'Hidden zip',
      Filling: 'Not included',
    },
    variants: [
      [{ size: '45 × 45 cm' }, 3900, 260, 24],
      [{ size: '60 × 60 cm' }, 5400, 410, 11],
    ],
    picture: {
      behind: 'arch',
      draw: () => cushion('ikat', { field: cream, border: indigo, light: sky, accent: paprika }),
      alt: 'Cream cushion with blue and red ikat diamonds and tassels',
    },
  },
  {
    sku: 'CUSHION-SUZANI',
    name: 'Suzani Embroidered Cushion',
    brand: 'courtyard',
    category: 'linens',
    featured: true,
    description:
      'A sun of petals in chain stitch, worked in plum and terracotta on heavy cotton. It takes four days to stitch one; the filling is included.',
    tags: ['embroidered', 'cotton', 'handmade', 'gift'],
    specifications: {
      Material: 'Cotton',
      Stitch: 'Chain stitch in cotton thread',
      Size: '50 × 50 cm',
      Filling: 'Feather, included',
    },
    variants: [[{}, 6900, 1150, 9, 7900]],
    picture: {
      behind: 'sun',
      draw: () => cushion('suzani', { field: chalk, border: plum, light: cream, accent: terracotta }),
      alt: 'Cushion embroidered with a round plum and terracotta flower',
    },
  },
  {
    sku: 'THROW-HEARTH',
    name: 'Hearth Wool Throw',
    brand: 'weavers',
    category: 'linens',
    description:
      'A throw of brushed wool with a hand-twisted fringe, woven dense enough to keep off a draught and soft enough to fall asleep under.',
    tags: ['wool', 'winter', 'sofa'],
    specifications: {
      Material: 'Brushed wool',
      Size: '130 × 190 cm',
      Weight: '340 g/m²',
      Care: 'Wool programme, 30 °C',
    },
    variants: [
      [{ colour: 'brick' }, 8900, 860, 15],
      [{ colour: 'lapis' }, 8900, 860, 4],
      [{ colour: 'chalk' }, 8900, 860, 18],
    ],
    picture: {
      behind: 'sun',
      draw: () =>
        foldedPile(
          [
            { field: paprika, border: indigo, light: cream, accent: saffron },
            { field: lapis, border: cream, light: sky, accent: terracotta },
            { field: cream, border: charcoal, light: chalk, accent: terracotta },
          ],
          true,
        ),
      alt: 'Three folded throws with fringes in brick, blue and cream',
    },
  },
  {
    sku: 'TOWEL-HAMMAM',
    name: 'Striped Hammam Towel',
    brand: 'courtyard',
    category: 'linens',
    description:
      'A flat-woven towel that dries you well, dries itself quickly and folds to the size of a book. Bath towel, beach towel, shawl: it does not mind.',
    tags: ['cotton', 'bath', 'travel'],
    specifications: {
      Material: 'Cotton',
      Size: '95 × 175 cm',
      Weave: 'Flat, with a hand-knotted fringe',
      Care: '40 °C',
    },
    variants: [
      [{ colour: 'turquoise' }, 2900, 330, 40],
      [{ colour: 'indigo' }, 2900, 330, 33],
      [{ colour: 'sand' }, 2900, 330, 0],
    ],
    picture: {
      behind: 'wall',
      draw: () => hanging('stripes', { field: chalk, border: turquoise, light: sky, accent: indigo }),
      alt: 'White towel with turquoise and indigo stripes on a wooden rail',
    },
  },
  {
    sku: 'CLOTH-BLOCK',
    name: 'Block-Printed Tablecloth',
    brand: 'courtyard',
    category: 'linens',
    description:
      'Flowers printed with carved wooden blocks, one colour after the other. Small shifts between the colours are how you know that a hand did it.',
    tags: ['cotton', 'block print', 'table'],
    specifications: { Material: 'Cotton', Print: 'Wooden blocks, pigment dyes', Care: '30 °C, iron on the back' },
    variants: [
      [{ size: '150 × 150 cm' }, 4500, 480, 13],
      [{ size: '150 × 220 cm' }, 5900, 690, 10],
      [{ size: '150 × 300 cm' }, 7400, 940, 5],
    ],
    picture: {
      behind: 'wall',
      draw: () => hanging('block', { field: cream, border: indigo, light: saffron, accent: terracotta }),
      alt: 'Cream cloth with printed flowers in terracotta and indigo',
    },
  },
  {
    sku: 'TOWEL-STONE',
    name: 'Stonewashed Bath Towel',
    brand: 'courtyard',
    category: 'linens',
    description:
      'Waffle-woven linen and cotton, washed with stones until it is soft from the first day. It takes up water at once and hangs dry by the next morning.',
    tags: ['linen', 'cotton', 'bath'],
    specifications: { Material: '55 % linen, 45 % cotton', Weave: 'Waffle', Care: '60 °C' },
    variants: [
      [{ size: '50 × 100 cm', colour: 'chalk' }, 2200, 210, 26],
      [{ size: '50 × 100 cm', colour: 'olive' }, 2200, 210, 17],
      [{ size: '50 × 100 cm', colour: 'lapis' }, 2200, 210, 3],
      [{ size: '100 × 150 cm', colour: 'chalk' }, 4400, 620, 14, 4900],
      [{ size: '100 × 150 cm', colour: 'olive' }, 4400, 620, 9, 4900],
      [{ size: '100 × 150 cm', colour: 'lapis' }, 4400, 620, 12, 4900],
    ],
    picture: {
      behind: 'arch',
      draw: () =>
        foldedPile(
          [
            { field: cream, border: charcoal, light: chalk, accent: terracotta },
            { field: olive, border: cream, light: mint, accent: plum },
            { field: lapis, border: cream, light: sky, accent: terracotta },
            { field: paprika, border: indigo, light: cream, accent: saffron },
          ],
          false,
        ),
      alt: 'Pile of folded towels in cream, olive, blue and red',
    },
  },
]
