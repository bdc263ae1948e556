/** The words of the catalogue, a few common and thousands rare: the same ones everywhere. */

/** The first of each are the most common: a word is picked so often as its place is low. */
export const QUALITIES = words(`
  classic handmade natural small large modern white black soft round blue vintage light green grey organic red folding
  portable simple solid brown heavy premium striped polished outdoor slim golden deep yellow waterproof quilted rustic
  carved woven glazed painted forged plain pink silver mini double smooth narrow tall warm cool bright foldable rolled
  braided hammered brushed curved floral checked engraved stackable`)
export const MATERIALS = words(`
  cotton wood steel glass leather oak ceramic linen wool copper bamboo clay brass silk marble iron walnut cork paper
  stone porcelain felt velvet rattan pine jute denim canvas bronze cherry concrete enamel hemp suede mohair birch
  terracotta pewter beech cashmere`)
export const THINGS = words(`
  shirt lamp chair bag table bowl rug cup knife pillow basket watch box mirror towel blanket plate shelf vase candle
  jacket clock pan tray scarf kettle stool frame bottle belt glove hat dress sofa curtain spoon pot notebook wallet
  cushion jug hook bench teapot apron backpack tile necklace ring spatula grater bookcase doormat planter quilt
  whisk corkscrew desk drawer dish easel fan flask fork gate goblet hammock hamper jar ladder lantern mat mortar
  napkin oven parasol peeler pestle pouch puzzle rack saucer screen sieve slipper soap spade stand strap swing tankard
  teaspoon thermos tripod trolley trunk umbrella whistle`)
/** Rare ones are made of three of these. */
export const SYLLABLES = words('ba cor del fin gal ham jo kel lum mar nor pel qua ros tam ver')
export const RARE_WORDS = SYLLABLES.length ** 3

const CONNECTING = words('a the of with for and in to from by every our this that is made kept used')
const SENTENCES = 4000

/** What descriptions are put together of. */
export function writeSentences(): string[] {
  const next = openDice()
  const kinds = [QUALITIES, MATERIALS, THINGS]
  const word = () => {
    const kind = next()
    if (kind < 0.5) return pick(CONNECTING, next())
    if (kind < 0.8) return pick(kinds[Math.floor(next() * kinds.length)]!, next())
    return [next(), next(), next()].map((roll) => SYLLABLES[Math.floor(roll * SYLLABLES.length)]).join('')
  }
  return Array.from({ length: SENTENCES }, () => {
    const said = Array.from({ length: 7 + Math.floor(next() * 8) }, word).join(' ')
    return `${said[0]!.toUpperCase()}${said.slice(1)}.`
  })
}

/** The first ones more often. */
const pick = (from: string[], roll: number): string => from[Math.floor(from.length * roll ** 2)]!

/** From 0 to below 1, the same row on every machine. */
function openDice(): () => number {
  let state = 20260101
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

function words(text: string): string[] {
  return text.trim().split(/\s+/)
}
