/** Pots and tools of the kitchen. */
import type { SampleProduct } from '../goods.ts'
import { board, tray } from '../pictures/boards-and-trays.ts'
import { ink } from '../pictures/colours.ts'
import { cezve, copperPan, mill, mortar, tagine } from '../pictures/cookware.ts'

export const cookware: SampleProduct[] = [
  {
    sku: 'TAGINE',
    name: 'Glazed Tagine',
    brand: 'kiln',
    category: 'cookware',
    featured: true,
    description:
      'A clay dish with a tall lid that sends the steam back down, so that a stew needs little water and no watching. For the oven and for low flames; use a diffuser on electric hobs.',
    tags: ['clay', 'slow cooking', 'serving'],
    specifications: {
      Material: 'Glazed clay',
      Heat: 'Oven, gas with diffuser, charcoal',
      Glaze: 'Lead-free',
      Care: 'Soak before first use',
    },
    variants: [
      [{ size: 'for two, 23 cm' }, 4400, 2700, 11],
      [{ size: 'for four, 28 cm' }, 5900, 4100, 9],
      [{ size: 'for six, 33 cm' }, 7900, 5600, 2],
    ],
    picture: {
      behind: 'arch',
      draw: () => tagine(ink.clay, ink.lapis, ink.cream),
      alt: 'Tagine with a clay dish and a tall blue lid with white bands',
    },
  },
  {
    sku: 'CEZVE',
    name: 'Hammered Copper Cezve',
    brand: 'coppersmiths',
    category: 'cookware',
    description:
      'The small pot for coffee that is boiled with its grounds. Thick copper heats evenly, the narrow neck raises the foam, and the long handle keeps your fingers away from it.',
    tags: ['copper', 'coffee', 'handmade'],
    specifications: {
      Material: 'Copper 1.5 mm, tinned inside',
      Handle: 'Walnut',
      Heat: 'Gas, electric; not induction',
      Care: 'Wash by hand',
    },
    variants: [
      [{ capacity: '150 ml, one cup' }, 3200, 290, 23],
      [{ capacity: '300 ml, two cups' }, 3900, 410, 17],
      [{ capacity: '500 ml, four cups' }, 4900, 560, 4],
    ],
    picture: {
      behind: 'sun',
      draw: () => cezve(ink.copper, ink.walnut),
      alt: 'Copper coffee pot with a long wooden handle, steaming',
    },
  },
  {
    sku: 'PAN-COPPER',
    name: 'Copper Casserole with Lid',
    brand: 'coppersmiths',
    category: 'cookware',
    description:
      'Two millimetres of copper, tinned inside, with cast brass handles. It goes from the hob to the oven to the table and will see your grandchildren.',
    tags: ['copper', 'brass', 'handmade'],
    specifications: {
      Material: 'Copper 2 mm, tinned inside',
      Handles: 'Brass',
      Heat: 'Gas, electric, oven; not induction',
      Care: 'Can be tinned again',
    },
    variants: [
      [{ capacity: '2 l' }, 15900, 2500, 6],
      [{ capacity: '4 l' }, 21900, 3900, 3, 24900],
    ],
    picture: {
      behind: 'horseshoe',
      draw: () => copperPan(ink.copper, ink.brass),
      alt: 'Copper casserole with lid and brass handles',
    },
  },
  {
    sku: 'MORTAR',
    name: 'Granite Mortar with Olive Wood Pestle',
    brand: 'saffrongate',
    category: 'cookware',
    description:
      'Heavy enough to stay where it is while you pound. The bowl is rough where it has to grip and polished where you wipe it.',
    tags: ['granite', 'olive wood', 'spices'],
    specifications: { Material: 'Granite, olive wood', Diameter: '15 cm', Care: 'Rinse without soap' },
    variants: [[{}, 4700, 4300, 15]],
    picture: { behind: 'sun', draw: () => mortar(ink.steel, ink.oak), alt: 'Grey stone mortar with a wooden pestle' },
  },
  {
    sku: 'MILL-BRASS',
    name: 'Brass Coffee and Pepper Mill',
    brand: 'coppersmiths',
    category: 'cookware',
    description:
      'A tall mill with a folding crank and a steel grinder that can be set from powder to grit. One for coffee, one for pepper: do not mix them.',
    tags: ['brass', 'coffee', 'pepper'],
    specifications: { Material: 'Brass, steel', Grinder: 'Adjustable', Guarantee: 'Ten years on the grinder' },
    variants: [
      [{ height: '18 cm' }, 4200, 480, 18],
      [{ height: '26 cm' }, 5600, 720, 7],
    ],
    picture: {
      behind: 'arch',
      draw: () => mill(ink.brass, ink.walnut),
      alt: 'Tall brass mill with a crank and a wooden knob',
    },
  },
  {
    sku: 'BOARD-OLIVE',
    name: 'Olive Wood Board and Bread Knife',
    brand: 'saffrongate',
    category: 'cookware',
    description:
      'Cut from trees that no longer bear, with the grain that only old olive has. The knife has a riveted walnut handle and a blade that can be sharpened.',
    tags: ['olive wood', 'bread', 'gift'],
    specifications: { Material: 'Olive wood, carbon steel, walnut', Board: '42 × 20 cm', Care: 'Oil twice a year' },
    variants: [[{}, 5400, 1650, 10]],
    picture: { behind: 'wall', draw: () => board(ink.oak), alt: 'Wooden board with a handle beside a knife' },
  },
  {
    sku: 'TRAY-BRASS',
    name: 'Engraved Brass Tray',
    brand: 'coppersmiths',
    category: 'cookware',
    description:
      'A round tray with a rim you can grip and a pattern engraved with a single chisel. On a folding stand it makes a table.',
    tags: ['brass', 'engraved', 'serving', 'tea'],
    specifications: { Material: 'Brass', Care: 'Polish, or let it darken' },
    variants: [
      [{ diameter: '30 cm' }, 4900, 1100, 12],
      [{ diameter: '45 cm' }, 8900, 2300, 5],
      [{ diameter: '60 cm' }, 13900, 3900, 0],
    ],
    picture: { behind: 'wall', draw: () => tray(ink.brass), alt: 'Round brass tray engraved with stars and petals' },
  },
]
