/** Lamps and lanterns. */
import type { SampleProduct } from '../goods.ts'
import { ink } from '../pictures/colours.ts'
import { mosaicLamp, pendant, tableLamp } from '../pictures/lamps.ts'
import { lantern, starLamp, teaLights } from '../pictures/lanterns.ts'

export const lamps: SampleProduct[] = [
  {
    sku: 'LAMP-MOSAIC-HANG',
    name: 'Mosaic Hanging Lamp',
    brand: 'qamar',
    category: 'lamps',
    featured: true,
    description:
      'A globe set with several hundred pieces of cut glass. Switched off it is an ornament; switched on it throws a warm pattern on the ceiling. Hangs from one metre of brass chain.',
    tags: ['glass', 'brass', 'handmade', 'pendant'],
    specifications: { Material: 'Glass, brass', Socket: 'E27, up to 40 W', Chain: '100 cm', 'Bulb included': 'No' },
    variants: [
      [{ diameter: '17 cm' }, 6900, 1100, 16],
      [{ diameter: '25 cm' }, 10900, 2100, 8],
      [{ diameter: '32 cm' }, 15900, 3400, 2],
    ],
    picture: {
      behind: 'wall',
      draw: () => mosaicLamp('hanging', { metal: ink.brass, panes: [ink.terracotta, ink.turquoise, ink.turmeric] }),
      alt: 'Hanging globe of red, turquoise and yellow glass, lit from inside',
    },
  },
  {
    sku: 'LAMP-MOSAIC-TABLE',
    name: 'Mosaic Table Lamp',
    brand: 'qamar',
    category: 'lamps',
    description:
      'Blue and white glass on a turned copper foot, for a bedside table or a shelf that needs some colour. With a switch on the cable.',
    tags: ['glass', 'copper', 'handmade', 'bedside'],
    specifications: {
      Material: 'Glass, copper',
      Height: '36 cm',
      Socket: 'E14, up to 25 W',
      Cable: '180 cm with switch',
    },
    variants: [
      [{ colour: 'blue' }, 8400, 1700, 10],
      [{ colour: 'amber' }, 8400, 1700, 6],
    ],
    picture: {
      behind: 'arch',
      draw: () => mosaicLamp('standing', { metal: ink.copper, panes: [ink.lapis, ink.sky, ink.chalk] }),
      alt: 'Table lamp with a globe of blue and white glass on a copper foot',
    },
  },
  {
    sku: 'LANTERN-COURT',
    name: 'Courtyard Lantern',
    brand: 'qamar',
    category: 'lamps',
    description:
      'Six panes of amber glass in a pierced brass frame, with a door for the candle and a ring to hang it by. The large one holds a candle that burns for two evenings.',
    tags: ['brass', 'candle', 'garden'],
    specifications: {
      Material: 'Brass, glass',
      Use: 'Candle, indoors and sheltered outdoors',
      Care: 'Dust; polish if you like it bright',
    },
    variants: [
      [{ size: 'small, 28 cm' }, 4900, 1300, 21],
      [{ size: 'large, 44 cm' }, 8900, 2800, 7, 9900],
    ],
    picture: {
      behind: 'horseshoe',
      draw: () => lantern(ink.brass, ink.apricot),
      alt: 'Brass lantern with amber panes and a burning candle',
    },
  },
  {
    sku: 'LAMP-POTTER',
    name: 'Potter’s Table Lamp',
    brand: 'kiln',
    category: 'lamps',
    description:
      'A thrown and glazed foot with a painted band of diamonds, under a pleated cotton shade in faded rose. The cable is wrapped in cloth.',
    tags: ['ceramic', 'cotton', 'living room'],
    specifications: {
      Material: 'Stoneware, cotton',
      Height: '52 cm',
      Socket: 'E27, up to 60 W',
      Cable: '200 cm, cloth-covered',
    },
    variants: [[{}, 13900, 3200, 6]],
    picture: {
      behind: 'sun',
      draw: () => tableLamp(ink.teal, ink.cream, ink.blush),
      alt: 'Table lamp with a teal ceramic foot and a rose pleated shade',
    },
  },
  {
    sku: 'LAMP-STAR',
    name: 'Paper Star Lamp',
    brand: 'reed',
    category: 'lamps',
    description:
      'An eight-pointed star of thick cotton paper, pierced by hand. It comes folded flat and opens in a minute; the cord set is sold with it.',
    tags: ['paper', 'winter', 'window', 'gift'],
    specifications: {
      Material: 'Cotton paper',
      Diameter: '60 cm',
      Socket: 'E14, LED only',
      Cord: '350 cm with switch',
    },
    variants: [
      [{ colour: 'cream' }, 3400, 320, 28],
      [{ colour: 'paprika' }, 3400, 320, 0],
      [{ colour: 'indigo' }, 3400, 320, 9],
    ],
    picture: {
      behind: 'wall',
      draw: () => starLamp(ink.cream, ink.turmeric),
      alt: 'Lit paper star with eight pierced points',
    },
  },
  {
    sku: 'PENDANT-DOME',
    name: 'Pierced Copper Pendant',
    brand: 'qamar',
    category: 'lamps',
    description:
      'A copper dome over the dining table, pierced with rows of four-pointed stars. The light falls down on the plates and sideways as a sprinkle on the walls.',
    tags: ['copper', 'pendant', 'dining'],
    specifications: {
      Material: 'Copper, lacquered',
      Diameter: '42 cm',
      Socket: 'E27, up to 60 W',
      Drop: 'Up to 150 cm',
    },
    variants: [
      [{ finish: 'polished' }, 17900, 2400, 5],
      [{ finish: 'dark' }, 18900, 2400, 4],
    ],
    picture: {
      behind: 'wall',
      draw: () => pendant('dome', ink.copper, ink.turmeric),
      alt: 'Copper dome pendant with pierced stars',
    },
  },
  {
    sku: 'PENDANT-BASKET',
    name: 'Woven Basket Pendant',
    brand: 'qamar',
    category: 'lamps',
    description:
      'Palm leaf, plaited around a wire frame. Light and unassuming by day; at night the weave draws itself on the ceiling.',
    tags: ['palm leaf', 'pendant', 'natural'],
    specifications: { Material: 'Palm leaf, steel wire', Socket: 'E27, LED only', Drop: 'Up to 120 cm' },
    variants: [
      [{ diameter: '35 cm' }, 7900, 780, 11, 8900],
      [{ diameter: '50 cm' }, 11900, 1260, 0, 12900],
    ],
    picture: {
      behind: 'wall',
      draw: () => pendant('basket', ink.oak, ink.turmeric),
      alt: 'Round pendant lamp woven from palm leaf',
    },
  },
  {
    sku: 'TEALIGHT-TRIO',
    name: 'Tea Light Glasses, Set of Three',
    brand: 'qamar',
    category: 'lamps',
    description:
      'Three small glasses painted with gold leaves in plum, terracotta and teal. For tea lights, and for the window sill on a dark afternoon.',
    tags: ['glass', 'candle', 'gift'],
    specifications: { Material: 'Glass, gold paint', Height: '8 cm', Care: 'Wash by hand' },
    variants: [[{}, 2400, 640, 37]],
    picture: {
      behind: 'arch',
      draw: () => teaLights([ink.plum, ink.teal, ink.terracotta], ink.turmeric),
      alt: 'Three painted glasses with burning tea lights',
    },
  },
]
