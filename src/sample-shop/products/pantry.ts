/** Tea and spices. */
import type { SampleProduct } from '../goods.ts'
import { ink } from '../pictures/colours.ts'
import { sack, saffronTin, spiceBox, spiceHeaps, spiceJar } from '../pictures/spices.ts'
import { pouch, teaGlass, teapot, teaTin } from '../pictures/tea.ts'

const STORE = 'Keep dry, dark and closed'

export const tea: SampleProduct[] = [
  {
    sku: 'TEA-HIGHGARDEN',
    name: 'High Garden Black Tea',
    brand: 'hilltop',
    category: 'tea',
    featured: true,
    description:
      'A black tea from a garden above the clouds, picked in the second flush. Amber in the cup, with a taste of malt and a little of apricot. Takes milk, needs none.',
    tags: ['black tea', 'loose leaf', 'breakfast'],
    specifications: {
      Origin: 'Single garden, 1,800 m',
      Harvest: 'Second flush',
      Brewing: '3 g, 95 °C, 3–4 minutes',
      Storage: STORE,
    },
    variants: [
      [{ weight: '100 g tin' }, 1400, 190, 60],
      [{ weight: '250 g refill' }, 2700, 270, 34],
      [{ weight: '1 kg' }, 8900, 1050, 8],
    ],
    picture: {
      behind: 'arch',
      draw: () => teaTin(ink.moss, ink.cream, ink.leaf, 'leaf'),
      alt: 'Green tea tin with three leaves on the label',
    },
  },
  {
    sku: 'TEA-CARAVAN',
    name: 'Caravan Spiced Tea',
    brand: 'hilltop',
    category: 'tea',
    description:
      'Black tea with star anise, cardamom, ginger and a trace of pepper, to be boiled with milk. It warms from the first sip and keeps its promise to the last.',
    tags: ['black tea', 'spiced', 'winter'],
    specifications: {
      Ingredients: 'Black tea, cardamom, ginger, star anise, black pepper',
      Brewing: 'Boil 5 minutes with milk',
      Storage: STORE,
    },
    variants: [
      [{ weight: '100 g tin' }, 1300, 190, 42],
      [{ weight: '250 g refill' }, 2500, 270, 5],
    ],
    picture: {
      behind: 'sun',
      draw: () => teaTin(ink.paprika, ink.cream, ink.indigo, 'star'),
      alt: 'Red tea tin with a star on the label',
    },
  },
  {
    sku: 'TEA-MINT',
    name: 'Gunpowder Green with Mint',
    brand: 'hilltop',
    category: 'tea',
    description:
      'Rolled green tea and whole dried spearmint. Pour it from high up, with more sugar than you would admit to.',
    tags: ['green tea', 'mint', 'loose leaf'],
    specifications: { Ingredients: 'Green tea, spearmint', Brewing: '4 g, 85 °C, 3 minutes', Storage: STORE },
    variants: [
      [{ weight: '100 g tin' }, 1200, 190, 51],
      [{ weight: '250 g refill' }, 2300, 270, 22],
    ],
    picture: {
      behind: 'horseshoe',
      draw: () => teaTin(ink.teal, ink.chalk, ink.leaf, 'mint'),
      alt: 'Teal tea tin with a sprig of mint on the label',
    },
  },
  {
    sku: 'TEA-ORANGE',
    name: 'Orange Blossom White Tea',
    brand: 'hilltop',
    category: 'tea',
    description:
      'Silver buds scented with fresh orange blossoms, layer by layer, over three nights. Pale, sweet, and best after dinner.',
    tags: ['white tea', 'scented', 'gift'],
    specifications: { Ingredients: 'White tea, orange blossoms', Brewing: '3 g, 75 °C, 4 minutes', Storage: STORE },
    variants: [[{ weight: '50 g tin' }, 1900, 140, 0]],
    picture: {
      behind: 'sun',
      draw: () => teaTin(ink.saffron, ink.chalk, ink.terracotta, 'orange'),
      alt: 'Yellow tea tin with half an orange on the label',
    },
  },
  {
    sku: 'TEA-ROSE',
    name: 'Damask Rose Petals',
    brand: 'hilltop',
    category: 'tea',
    description:
      'Petals of damask roses, dried in the shade. As an infusion, in a black tea, over rice pudding, or in a bath.',
    tags: ['herbal', 'rose', 'caffeine-free'],
    specifications: { Ingredients: 'Rose petals', Brewing: '2 g, 95 °C, 5 minutes', Storage: STORE },
    variants: [
      [{ weight: '40 g' }, 900, 60, 38, 1100],
      [{ weight: '150 g' }, 2600, 190, 16],
    ],
    picture: {
      behind: 'hills',
      draw: () => pouch(ink.sand, ink.plum, ink.rose, 'flower'),
      alt: 'Paper pouch with a flower on the label and rose petals in its window',
    },
  },
  {
    sku: 'TEAPOT',
    name: 'Round Bellied Teapot',
    brand: 'kiln',
    category: 'tea',
    description:
      'It pours without dripping: we tried it two hundred times. A strainer sits behind the spout, and the lid stays on when you tip it.',
    tags: ['stoneware', 'hand-painted', 'serving'],
    specifications: { Material: 'Stoneware', Strainer: 'Built in', Care: 'Rinse with hot water' },
    variants: [
      [{ capacity: '600 ml' }, 5200, 890, 12, 5800],
      [{ capacity: '1.1 l' }, 6800, 1350, 4, 7400],
    ],
    picture: {
      behind: 'sun',
      draw: () => teapot(ink.teal, ink.cream, ink.saffron),
      alt: 'Teal teapot with a cream band of saffron ovals',
    },
  },
  {
    sku: 'GLASS-TEA',
    name: 'Tea Glasses with Saucers, Set of Six',
    brand: 'qamar',
    category: 'tea',
    description:
      'Thin waisted glasses that show the colour of the tea and burn nobody who holds them by the rim. Six glasses, six porcelain saucers, a line of gold on each.',
    tags: ['glass', 'set', 'serving', 'gift'],
    specifications: {
      Material: 'Glass, porcelain',
      Capacity: '110 ml',
      'In the box': 'Six glasses, six saucers',
      Care: 'Wash by hand',
    },
    variants: [[{}, 3400, 1500, 19]],
    picture: {
      behind: 'arch',
      draw: () => teaGlass(ink.paprika, ink.chalk),
      alt: 'Waisted glass of red tea on a white saucer, steaming',
    },
  },
]

export const spices: SampleProduct[] = [
  {
    sku: 'SPICE-PAPRIKA',
    name: 'Smoked Sweet Paprika',
    brand: 'saffrongate',
    category: 'spices',
    description: 'Peppers smoked for two weeks over oak and ground to a fine red powder. Deep, sweet, not hot.',
    tags: ['ground', 'mild', 'smoked'],
    specifications: { Ingredients: 'Paprika', Heat: '1 of 5', Storage: STORE },
    variants: [
      [{ weight: '60 g jar' }, 750, 210, 55],
      [{ weight: '250 g bag' }, 1900, 260, 27],
    ],
    picture: {
      behind: 'arch',
      draw: () => spiceJar(ink.paprika, ink.cream, 'powder'),
      alt: 'Corked jar of red paprika',
    },
  },
  {
    sku: 'SPICE-CARDAMOM',
    name: 'Green Cardamom Pods',
    brand: 'saffrongate',
    category: 'spices',
    description: 'Plump green pods, sorted by hand. Crush them when you need them; what is ground in advance is lost.',
    tags: ['whole', 'coffee', 'baking'],
    specifications: { Ingredients: 'Cardamom pods', Grade: '8 mm and larger', Storage: STORE },
    variants: [
      [{ weight: '40 g jar' }, 1100, 190, 44],
      [{ weight: '200 g bag' }, 4200, 210, 9],
    ],
    picture: {
      behind: 'sun',
      draw: () => spiceJar(ink.olive, ink.cream, 'pods'),
      alt: 'Corked jar of green cardamom pods',
    },
  },
  {
    sku: 'SPICE-PEPPER',
    name: 'Wild Forest Pepper',
    brand: 'saffrongate',
    category: 'spices',
    description:
      'Small dark berries from vines that climb forest trees. Less sharp than pepper from the field, with a scent of citrus and wood.',
    tags: ['whole', 'pepper'],
    specifications: { Ingredients: 'Peppercorns', Heat: '3 of 5', Storage: STORE },
    variants: [[{ weight: '70 g jar' }, 1250, 220, 30]],
    picture: {
      behind: 'horseshoe',
      draw: () => spiceJar(ink.walnut, ink.chalk, 'seeds'),
      alt: 'Corked jar of dark peppercorns',
    },
  },
  {
    sku: 'SPICE-TRIO',
    name: 'Market Spice Trio',
    brand: 'saffrongate',
    category: 'spices',
    featured: true,
    description:
      'Turmeric, dried herbs and red pepper flakes, 100 g each, as they stand in heaps at the entrance of every bazaar. The three clay dishes are included.',
    tags: ['ground', 'set', 'gift'],
    specifications: {
      Ingredients: 'Turmeric; mint and thyme; red pepper',
      'In the box': '3 × 100 g, three clay dishes',
      Storage: STORE,
    },
    variants: [[{}, 2800, 980, 21, 3200]],
    picture: {
      behind: 'arch',
      draw: () => spiceHeaps([ink.turmeric, ink.moss, ink.paprika], ink.clay),
      alt: 'Three clay dishes with heaps of yellow, green and red spice',
    },
  },
  {
    sku: 'SPICE-BOX',
    name: 'Seven Cup Spice Box',
    brand: 'coppersmiths',
    category: 'spices',
    description:
      'A round steel box with seven cups and a tight lid: the whole daily kitchen in one reach. Sold empty, or filled with our seven most used spices.',
    tags: ['steel', 'set', 'storage'],
    specifications: { Material: 'Stainless steel', Diameter: '20 cm', Care: 'Dishwasher safe' },
    variants: [
      [{ filling: 'empty' }, 3900, 820, 14],
      [{ filling: 'seven spices' }, 6400, 1270, 8],
    ],
    picture: {
      behind: 'wall',
      draw: () =>
        spiceBox(ink.steel, [ink.turmeric, ink.paprika, ink.moss, ink.walnut, ink.cream, ink.terracotta, ink.olive]),
      alt: 'Round box from above, with seven cups of spices',
    },
  },
  {
    sku: 'SPICE-SAFFRON',
    name: 'Saffron Threads',
    brand: 'saffrongate',
    category: 'spices',
    featured: true,
    description:
      'Only the red tips, dried over embers within a day of the harvest. A dozen threads, soaked in warm milk, colour rice for four.',
    tags: ['whole', 'saffron', 'gift'],
    specifications: { Ingredients: 'Saffron', Grade: 'Red tips only', Harvest: 'Last autumn', Storage: STORE },
    variants: [
      [{ weight: '1 g tin' }, 1200, 40, 46],
      [{ weight: '5 g tin' }, 4900, 60, 3],
    ],
    picture: {
      behind: 'hills',
      draw: () => saffronTin(ink.indigo),
      alt: 'Open blue tin of saffron threads, a crocus on its lid',
    },
  },
  {
    sku: 'SPICE-TURMERIC',
    name: 'Ground Turmeric',
    brand: 'saffrongate',
    category: 'spices',
    description: 'Roots boiled, dried in the sun and stone-ground. The colour is strong: mind your white shirt.',
    tags: ['ground', 'mild'],
    specifications: { Ingredients: 'Turmeric', Heat: '0 of 5', Storage: STORE },
    variants: [
      [{ weight: '100 g' }, 650, 110, 70],
      [{ weight: '500 g sack' }, 2200, 520, 18],
      [{ weight: '2 kg sack' }, 6900, 2060, 0],
    ],
    picture: {
      behind: 'sun',
      draw: () => sack(ink.sand, ink.turmeric, 'sun'),
      alt: 'Cloth sack heaped with yellow turmeric, a wooden scoop in it',
    },
  },
]
