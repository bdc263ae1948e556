/** Five thousand products with names as shops give them, the same ones each time, for the tests of the search. */
import { sql } from 'kysely'
import type { Db } from '#platform/database'

export type Invented = {
  id: number
  name: string
  sku: string
  series: string
  noun: string
  brand: string
  category: string
  tag: string
}

const SHELVES: Record<string, string> = {
  Kitchenware:
    'kettle,teapot,saucepan,skillet,colander,whisk,ladle,grater,cleaver,bread knife,chopping board,casserole',
  Tableware:
    'mug,tumbler,goblet,dinner plate,soup bowl,butter dish,sugar pot,egg cup,cake stand,carafe,saucer,serving tray',
  Bedding: 'duvet,pillow,blanket,quilt,mattress,bolster,bedspread,sheet set,cushion,sleeping bag,eiderdown,headboard',
  Lighting:
    'table lamp,lantern,chandelier,candle,floor lamp,sconce,torch,night light,spotlight,candlestick,lampshade,bulb',
  Furniture: 'bookshelf,armchair,stool,sideboard,wardrobe,dresser,footrest,bench,coffee table,sofa bed,shelf,cabinet',
  Garden:
    'watering can,trowel,rake,wheelbarrow,hammock,parasol,planter,secateurs,hosepipe,bird feeder,spade,leaf blower',
  Clothing: 't-shirt,jacket,cardigan,scarf,trousers,raincoat,waistcoat,sweater,dressing gown,mitten,dungarees,pullover',
}
const SERIES =
  'Aurora,Belvedere,Calypso,Dorset,Émilie,Fjällby,Granada,Halcyon,Isolde,Juniper,Kestrel,Lavender,Marlowe,Nørrebro,Orchard,Pemberton,Quillon,Rosalind,Sédona,Thistle,Umbria,Verona,Wexford,Xanthe,Yarrow,Zephyr,Ashdown,Bramble,Château,Dunmore,Eskdale,Falmouth,Gwendal,Harrow,Inverness,Jasmine,Kilbride,Lomond,Melrose,Norwood,Oakham,Perrault,Quincy,Ravello,Selkirk,Tamarind,Ullswater,Valence,Winslow,Yealand,Zermatt,Althorp,Bexhill,Cordoba,Delft,Elgin,Florian,Garland,Hawthorn,Ilmington'.split(
    ',',
  )
const ADJECTIVES = 'classic,compact,brushed,handmade,rustic,modern,folding,striped,polished,large,small,everyday'.split(
  ',',
)
const MATERIALS = 'oak,steel,linen,copper,wool,glass,bamboo,ceramic,brass,cotton,walnut,leather'.split(',')
const FIRST =
  'Alder,Birch,Castle,Drift,Ember,Fern,Gable,Hearth,Iron,Jade,Kite,Linden,Maple,North,Otter,Pine,Quarry,River,Stone,Tide'.split(
    ',',
  )
const SECOND = 'brook,dale,field,gate,hall,mill,ridge,shaw,ton,wick'.split(',')
const TAGS = 'gift,bestseller,wedding,outdoor,travel,winter,summer,vegan,recycled,premium'.split(',')
const PRODUCTS = 5000

export async function insertInvented(db: Db): Promise<Invented[]> {
  const nouns = Object.entries(SHELVES).flatMap(([category, list]) =>
    list.split(',').map((noun) => ({ noun, category })),
  )
  const brands = FIRST.flatMap((first) => SECOND.map((second) => first + second))
  const categories = Object.keys(SHELVES)
  const made = Array.from({ length: PRODUCTS }, (_, at) => {
    const series = SERIES[at % SERIES.length]!
    const { noun, category } = nouns[Math.floor(at / SERIES.length)]!
    const words = [series, ADJECTIVES[(at * 7) % 12]!, MATERIALS[(at * 5 + Math.floor(at / 12)) % 12]!, noun]
    const name = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join(' ')
    const sku = `${noun.slice(0, 3).toUpperCase()}-${series.slice(0, 2).toUpperCase()}${1000 + at}`
    const brand = brands[(at * 37) % brands.length]!
    return { id: at + 1, name, sku, series, noun, brand, category, tag: TAGS[(at * 3) % TAGS.length]! }
  })
  const described = made.map(({ noun }, at) => {
    const other = nouns[(at * 11) % nouns.length]!.noun
    return `A ${noun} for every day, and a present that lasts. It goes well with a ${other}; wash it by hand.`
  })
  await sql`
    insert into catalog.categories (id, path, name, slug, code, description, position)
    select place, array[place], name, lower(name), lower(name), '', place
    from unnest(${categories}::text[]) with ordinality as made (name, place)`.execute(db)
  await sql`
    insert into catalog.brands (id, name, slug, description)
    select place, name, lower(name), '' from unnest(${brands}::text[]) with ordinality as made (name, place)`.execute(
    db,
  )
  await sql`
    insert into catalog.products (id, name, slug, description, category_id, brand_id, tags, specifications, currency, price_minor,
      is_active, is_featured, created_at, updated_at)
    select id, name, 'invented-' || id, description, category, brand, array[tag], '{}', 'USD', 1000 + id, true, false, now(), now()
    from unnest(${made.map(({ id }) => id)}::bigint[], ${made.map(({ name }) => name)}::text[], ${described}::text[],
      ${made.map(({ category }) => categories.indexOf(category) + 1)}::bigint[],
      ${made.map(({ brand }) => brands.indexOf(brand) + 1)}::bigint[], ${made.map(({ tag }) => tag)}::text[])
      as made (id, name, description, category, brand, tag)`.execute(db)
  await sql`
    insert into catalog.variants (product_id, position, name, sku, attributes, price_minor)
    select id, 0, '', sku, '{}', 1000 + id
    from unnest(${made.map(({ id }) => id)}::bigint[], ${made.map(({ sku }) => sku)}::text[]) as made (id, sku)`.execute(
    db,
  )
  return made
}
