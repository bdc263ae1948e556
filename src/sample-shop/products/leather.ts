/** Bags and small things of leather. */
import type { SampleProduct } from '../goods.ts'
import { ink } from '../pictures/colours.ts'
import { belt, pouf, rucksack, satchel, slippers, tote, wallet, weekender } from '../pictures/leather.ts'

const { cognac, saddle, walnut, moss, brass, cream, saffron, paprika } = ink
const CARE = 'Wipe with a dry cloth; wax once a year'

export const leather: SampleProduct[] = [
  {
    sku: 'BAG-SATCHEL',
    name: 'Scholar’s Satchel',
    brand: 'tannery',
    category: 'bags',
    featured: true,
    description:
      'Two straps, two buckles, one long life. Cut from a single thick hide and saddle-stitched with waxed thread; it holds a 14-inch laptop, a lunch and a novel.',
    tags: ['leather', 'work', 'handmade'],
    specifications: { Material: 'Vegetable-tanned cowhide', Size: '38 × 28 × 10 cm', Fittings: 'Brass', Care: CARE },
    variants: [
      [{ colour: 'cognac' }, 16900, 1450, 9],
      [{ colour: 'walnut' }, 16900, 1450, 6],
      [{ colour: 'moss' }, 16900, 1450, 0],
    ],
    picture: {
      behind: 'arch',
      draw: () => satchel({ hide: cognac, metal: brass, thread: cream }),
      alt: 'Cognac leather satchel with two buckled straps',
    },
  },
  {
    sku: 'BAG-TOTE',
    name: 'Market Tote',
    brand: 'tannery',
    category: 'bags',
    description:
      'Open at the top, strong at the bottom, and wide enough for leeks. Unlined, because good leather need not hide its back.',
    tags: ['leather', 'shopping', 'everyday'],
    specifications: {
      Material: 'Vegetable-tanned cowhide',
      Size: '40 × 33 × 15 cm',
      Handles: '24 cm drop',
      Care: CARE,
    },
    variants: [
      [{ colour: 'saddle' }, 12900, 980, 13],
      [{ colour: 'black' }, 12900, 980, 7, 14900],
    ],
    picture: {
      behind: 'sun',
      draw: () => tote({ hide: saddle, metal: brass, thread: cream }),
      alt: 'Brown leather tote with two handles',
    },
  },
  {
    sku: 'BAG-WEEKENDER',
    name: 'Two Night Weekender',
    brand: 'tannery',
    category: 'bags',
    description:
      'It takes what two nights need and fits where hand luggage must. A separate pocket keeps shoes away from shirts.',
    tags: ['leather', 'travel'],
    specifications: { Material: 'Oiled cowhide, cotton lining', Size: '52 × 30 × 22 cm', Capacity: '34 l', Care: CARE },
    variants: [[{}, 27900, 2350, 4, 31900]],
    picture: {
      behind: 'horseshoe',
      draw: () => weekender({ hide: walnut, metal: brass, thread: cream }),
      alt: 'Dark leather travel bag with buckled handles',
    },
  },
  {
    sku: 'BAG-RUCKSACK',
    name: 'Hill Path Rucksack',
    brand: 'tannery',
    category: 'bags',
    description:
      'A rucksack with a broad flap and padded straps, dyed the green of wet moss. Sits high on the back and looks better after rain.',
    tags: ['leather', 'travel', 'work'],
    specifications: { Material: 'Oiled cowhide', Size: '30 × 42 × 14 cm', Capacity: '17 l', Care: CARE },
    variants: [
      [{ colour: 'moss' }, 18900, 1550, 6],
      [{ colour: 'cognac' }, 18900, 1550, 5],
    ],
    picture: {
      behind: 'hills',
      draw: () => rucksack({ hide: moss, metal: brass, thread: cream }),
      alt: 'Green leather rucksack with two buckled straps',
    },
  },
  {
    sku: 'WALLET',
    name: 'Folded Wallet and Card Case',
    brand: 'tannery',
    category: 'leather-goods',
    description:
      'A wallet for notes and coins, and a slim case for the days when four cards are enough. Both from the same piece of hide.',
    tags: ['leather', 'gift', 'everyday'],
    specifications: { Material: 'Vegetable-tanned goatskin', Wallet: '11 × 9 cm', Case: '10 × 7 cm', Care: CARE },
    variants: [
      [{ colour: 'cognac' }, 5900, 190, 20],
      [{ colour: 'walnut' }, 5900, 190, 16],
    ],
    picture: {
      behind: 'wall',
      draw: () => wallet({ hide: cognac, metal: brass, thread: cream }),
      alt: 'Leather wallet with a banknote, and a card case beside it',
    },
  },
  {
    sku: 'BELT',
    name: 'Saddle-Stitched Belt',
    brand: 'tannery',
    category: 'leather-goods',
    description:
      'Four millimetres of bridle leather with a cast brass buckle. It is stiff for a week and yours for twenty years.',
    tags: ['leather', 'everyday'],
    specifications: { Material: 'Bridle leather', Width: '3.5 cm', Buckle: 'Cast brass', Care: CARE },
    variants: [
      [{ size: '85 cm' }, 4900, 240, 10],
      [{ size: '95 cm' }, 4900, 260, 15],
      [{ size: '105 cm' }, 4900, 280, 8],
      [{ size: '115 cm' }, 4900, 300, 2],
    ],
    picture: {
      behind: 'wall',
      draw: () => belt({ hide: walnut, metal: brass, thread: cream }),
      alt: 'Rolled brown leather belt with a brass buckle',
    },
  },
  {
    sku: 'SLIPPERS',
    name: 'Pointed House Slippers',
    brand: 'tannery',
    category: 'leather-goods',
    description:
      'Soft yellow leather with a star stitched on the toe. Worn with the heel folded down by most, and up by the careful.',
    tags: ['leather', 'indoors', 'gift'],
    specifications: { Material: 'Goatskin', Sole: 'Leather; for indoors', Fit: 'Small: take one size up' },
    variants: [
      [{ size: '37–38' }, 3800, 340, 9],
      [{ size: '39–40' }, 3800, 360, 12],
      [{ size: '41–42' }, 3800, 390, 7],
      [{ size: '43–44' }, 3800, 420, 0],
    ],
    picture: {
      behind: 'wall',
      draw: () => slippers({ hide: saffron, metal: paprika, thread: cream }),
      alt: 'Pair of pointed yellow slippers with stitched stars',
    },
  },
  {
    sku: 'POUF',
    name: 'Stitched Leather Pouf',
    brand: 'tannery',
    category: 'leather-goods',
    description:
      'A low seat, a footstool, a table for a tray. Sewn from sixteen panels with an embroidered star on top. Sold filled, or flat for you to fill with old clothes.',
    tags: ['leather', 'living room', 'seat'],
    specifications: { Material: 'Goatskin', Diameter: '55 cm', Height: '32 cm', Care: CARE },
    variants: [
      [{ filling: 'unfilled' }, 9900, 1600, 8, 11900],
      [{ filling: 'cotton' }, 13900, 8200, 3],
    ],
    picture: {
      behind: 'sun',
      draw: () => pouf({ hide: cognac, metal: brass, thread: cream }),
      alt: 'Round leather pouf with a star stitched on top',
    },
  },
]
