/** Instruments, notebooks, paper. */
import type { SampleProduct } from '../goods.ts'
import { ink } from '../pictures/colours.ts'
import { frameDrum, gobletDrum, kalimba, oud, reedFlutes, tambourine } from '../pictures/instruments.ts'
import { marbledPaper, notebook, penAndInk } from '../pictures/stationery.ts'

export const instruments: SampleProduct[] = [
  {
    sku: 'DRUM-GOBLET',
    name: 'Inlaid Goblet Drum',
    brand: 'bulbul',
    category: 'drums',
    featured: true,
    description:
      'A darbuka with a ceramic body and a natural skin, tuned warm: a round bass in the middle, a dry slap at the rim. Comes with a tuning key and a first lesson on one page.',
    tags: ['drum', 'ceramic', 'handmade'],
    specifications: {
      Material: 'Glazed clay, goatskin',
      Height: '43 cm',
      Head: '22 cm',
      'In the box': 'Drum, key, cotton bag',
    },
    variants: [
      [{ head: 'goatskin' }, 14900, 3900, 6],
      [{ head: 'synthetic' }, 13900, 3800, 9],
    ],
    picture: {
      behind: 'arch',
      draw: () => gobletDrum(ink.indigo, ink.cream, ink.saffron),
      alt: 'Blue goblet drum with inlaid bands',
    },
  },
  {
    sku: 'DRUM-FRAME',
    name: 'Painted Frame Drum',
    brand: 'bulbul',
    category: 'drums',
    description:
      'A thin walnut frame and a large quiet voice. The painted rosette does not touch the sound; your palm does.',
    tags: ['drum', 'walnut', 'hand-painted'],
    specifications: { Material: 'Walnut, calfskin', Depth: '6 cm', Pitch: 'Low' },
    variants: [
      [{ diameter: '40 cm' }, 9900, 900, 8],
      [{ diameter: '53 cm' }, 12900, 1300, 4],
    ],
    picture: {
      behind: 'wall',
      draw: () => frameDrum(ink.walnut, ink.cream, ink.plum),
      alt: 'Frame drum with a plum-coloured painted rosette',
    },
  },
  {
    sku: 'DRUM-JINGLE',
    name: 'Eight Bell Tambourine',
    brand: 'bulbul',
    category: 'drums',
    description:
      'Eight pairs of hammered brass jingles in a beech frame. Bright, fast, and the cheapest way to join in.',
    tags: ['percussion', 'brass', 'beginners'],
    specifications: { Material: 'Beech, goatskin, brass', Diameter: '22 cm', Weight: '410 g' },
    variants: [[{}, 3900, 410, 17]],
    picture: { behind: 'wall', draw: () => tambourine(ink.oak, ink.chalk), alt: 'Tambourine with brass jingles' },
  },
  {
    sku: 'OUD',
    name: 'Student Oud',
    brand: 'bulbul',
    category: 'melody',
    featured: true,
    description:
      'A short-necked lute with eleven strings and a bowl of nineteen ribs. Built for students, which means: in tune along the whole neck, and easy to hold for an hour.',
    tags: ['lute', 'strings', 'beginners', 'handmade'],
    specifications: {
      Body: 'Walnut and maple',
      Top: 'Spruce',
      Strings: '11, scale 58.5 cm',
      'In the box': 'Oud, soft case, two plectra',
    },
    variants: [[{}, 38900, 1450, 2, 42900]],
    picture: {
      behind: 'wall',
      draw: () => oud(ink.walnut, ink.apricot),
      alt: 'Oud with a bent neck and a carved rose',
    },
  },
  {
    sku: 'FLUTE-REED',
    name: 'Reed Flute',
    brand: 'bulbul',
    category: 'melody',
    description:
      'A ney cut from one piece of reed with nine joints. It takes a week to make it sound and a life to make it sing; a card shows how to begin.',
    tags: ['flute', 'reed', 'beginners'],
    specifications: { Material: 'River reed, horn mouthpiece', Holes: 'Six and one' },
    variants: [
      [{ pitch: 'high, in D' }, 5900, 160, 11],
      [{ pitch: 'middle, in A' }, 6900, 210, 7],
      [{ pitch: 'low, in G' }, 7900, 240, 0],
    ],
    picture: { behind: 'wall', draw: () => reedFlutes(ink.sand, ink.walnut), alt: 'Two crossed reed flutes' },
  },
  {
    sku: 'KALIMBA',
    name: 'Nine Tine Thumb Piano',
    brand: 'bulbul',
    category: 'melody',
    description: 'Nine steel tines on a box of solid oak. Whatever you play on it sounds as if you meant it.',
    tags: ['thumb piano', 'oak', 'beginners', 'gift'],
    specifications: { Material: 'Oak, spring steel', Tuning: 'Pentatonic in F', Size: '19 × 14 cm' },
    variants: [[{}, 4400, 520, 14]],
    picture: {
      behind: 'wall',
      draw: () => kalimba(ink.oak, ink.cream),
      alt: 'Wooden thumb piano with nine steel tines',
    },
  },
]

export const paper: SampleProduct[] = [
  {
    sku: 'BOOK-STRAP',
    name: 'Traveller’s Notebook',
    brand: 'reed',
    category: 'paper',
    description:
      'A soft leather cover with a strap, around three hundred pages that take a fountain pen without a murmur. The block can be replaced when it is full.',
    tags: ['leather', 'notebook', 'travel', 'gift'],
    specifications: { Cover: 'Goatskin', Pages: '300, 90 g/m²', Binding: 'Thread-sewn, lies flat' },
    variants: [
      [{ size: 'A6', ruling: 'plain' }, 2800, 240, 25],
      [{ size: 'A6', ruling: 'dotted' }, 2800, 240, 19],
      [{ size: 'A5', ruling: 'plain' }, 3900, 460, 18],
      [{ size: 'A5', ruling: 'dotted' }, 3900, 460, 4],
    ],
    picture: {
      behind: 'wall',
      draw: () => notebook(ink.cognac, ink.brass, 'strap'),
      alt: 'Leather notebook closed with a strap',
    },
  },
  {
    sku: 'BOOK-MEDALLION',
    name: 'Medallion Journal',
    brand: 'reed',
    category: 'paper',
    description:
      'A hard cover with a stamped golden medallion and corner pieces, as on the books of an old library. Cream paper, a ribbon, gilt on three sides.',
    tags: ['notebook', 'gold', 'gift'],
    specifications: { Cover: 'Book cloth, gold foil', Pages: '240, 100 g/m²', Size: 'A5', Ribbon: 'One' },
    variants: [
      [{ colour: 'teal' }, 2400, 420, 29, 2900],
      [{ colour: 'plum' }, 2400, 420, 23, 2900],
    ],
    picture: {
      behind: 'wall',
      draw: () => notebook(ink.teal, ink.turmeric, 'medallion'),
      alt: 'Teal journal with a golden medallion on the cover',
    },
  },
  {
    sku: 'PAPER-MARBLED',
    name: 'Marbled Paper, Set of Nine',
    brand: 'reed',
    category: 'paper',
    description:
      'Colours floated on water, combed, and lifted off with a sheet: no two are alike. Three grounds, three sheets of each, for binding, wrapping or framing.',
    tags: ['paper', 'marbled', 'craft'],
    specifications: { Paper: 'Cotton, 110 g/m²', Size: '35 × 50 cm', 'In the box': 'Nine sheets, rolled' },
    variants: [[{}, 2900, 310, 15]],
    picture: {
      behind: 'wall',
      draw: () => marbledPaper([ink.cream, ink.sky, ink.blush], [ink.indigo, ink.terracotta, ink.teal, ink.saffron]),
      alt: 'Fan of marbled paper sheets with swirls',
    },
  },
  {
    sku: 'PEN-REED',
    name: 'Reed Pen and Ink',
    brand: 'reed',
    category: 'paper',
    description:
      'A hand-cut reed pen, a glass of indigo ink with silk threads in it to keep the pen from drowning, and ten sheets to spoil.',
    tags: ['calligraphy', 'ink', 'beginners', 'gift'],
    specifications: {
      'In the box': 'Reed pen, 50 ml ink, ten sheets A4',
      Ink: 'Carbon and indigo, washes out of hands but not of shirts',
    },
    variants: [
      [{ ink: 'indigo' }, 3200, 380, 16],
      [{ ink: 'black' }, 3200, 380, 1],
    ],
    picture: {
      behind: 'arch',
      draw: () => penAndInk(ink.sky, ink.indigo),
      alt: 'Ink pot, reed pen and a sheet with lines of writing',
    },
  },
]
