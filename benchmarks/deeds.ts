/** What is measured: how Souk is asked for it, and of what a database script for the same is made. */
import { accountOf, CART_LINES, productExpression, productOf, variantExpression, variantOf } from './buyers.queries.ts'
import type { Furnished } from './furnish.ts'
import { type Script, type Variables, writeScript } from './limits/script.ts'
import type { LoadRequest } from './load.ts'
import type { Recorded } from './record.ts'

/** What Souk is held to: this share of what the limit does. */
export type Aim = { share: number; of: LimitName }
export type LimitName = 'prepared SELECT' | 'pgbench' | 'bare node:http'

export type ReadKey = (typeof READ_KEYS)[number]
const READ_KEYS = [
  'list',
  'page',
  'category-list',
  'search',
  'suggest',
  'deep-list',
  'half-list',
  'deep-search',
] as const

export type Deed = {
  key: ReadKey | 'kept-list' | 'kept-page' | 'cart' | 'order'
  name: string
  aim: Aim | undefined
  /** Sent by the load, in turn. */
  requests: LoadRequest[]
  /** Asked once beforehand; the answers and statements make the limits. */
  samples: LoadRequest[]
  /** For what writes: each request is sent once, by a buyer of its own, and this is the same for the database alone. */
  writeScript?: (recorded: Recorded) => Script
  /** Units that each takes out of stock. */
  sells: number
  /** Asked of a Souk that keeps its answers; all others are made anew each time. */
  isKept?: true
  /** What searches found out is kept until something changes: meanwhile something does, all the time. */
  isAmongChanges?: true
}

export function listDeeds(shop: Furnished): Deed[] {
  const reads = listReads(shop.activeProducts)
  const most: Aim = { share: 0.8, of: 'bare node:http' }
  const [list, page] = reads as [Deed, Deed]
  return [
    ...reads,
    { ...list, key: 'kept-list', name: 'kept product list', aim: most, isKept: true },
    { ...page, key: 'kept-page', name: 'kept product page', aim: most, isKept: true },
    addToCart(shop),
    placeOrder(shop),
  ]
}

const PAGES = 200
const PAGE_SIZE = 20
/** Or the last one of a small shop. */
const DEEP_PAGE = 200

/** What shoppers look at. */
export function listReads(activeProducts: number): Deed[] {
  const aim: Aim = { share: 0.6, of: 'prepared SELECT' }
  const products = '/api/v1/products/'
  const pages = Array.from({ length: PAGES }, (_, n) => get(`${products}${productOf(n, activeProducts)}/`))
  const half = Math.floor(activeProducts / PAGE_SIZE / 2)
  const read = (key: ReadKey, name: string, requests: LoadRequest[], more: Partial<Deed> = {}): Deed => ({
    ...{ key, name, aim: undefined, requests, samples: requests, sells: 0 },
    ...more,
  })
  const search = (words: string[], window = '') => ({
    requests: spell(words).map((text) => get(`/api/v1/search/?q=${text}${window}`)),
    samples: words.map((word) => get(`/api/v1/search/?q=${word}${window}`)),
    isAmongChanges: true as const,
  })
  const common = search(COMMON_WORDS)
  const page = (of: number) => Math.min(DEEP_PAGE, Math.floor(of))
  const deep = search(VERY_COMMON_WORDS, `&page_size=10&page=${page((activeProducts * VERY_COMMON_SHARE) / 10)}`)
  return [
    read('list', 'product list', [get(products)], { aim }),
    read('page', 'product page', pages, { aim }),
    read(
      'category-list',
      'list of a category',
      CATEGORIES.map((slug) => get(`${products}?category=${slug}`)),
    ),
    read('search', 'search of a common word', common.requests, { ...common, aim }),
    read(
      'suggest',
      'suggestions',
      BEGINNINGS.map((text) => get(`/api/v1/search/suggestions/?q=${encodeURIComponent(text)}`)),
    ),
    read('deep-list', 'product list, page 200', [get(`${products}?page=${page(activeProducts / PAGE_SIZE)}`)]),
    read('half-list', 'product list, page half-way', [get(`${products}?page=${half}`)]),
    read('deep-search', 'search, page 200', deep.requests, deep),
  ]
}

/** Two shelves, an aisle and a department. */
const CATEGORIES = ['category-49', 'category-60', 'category-12', 'category-1']
/** Each in one of ten products up to four of ten: in names, tags and texts. */
const COMMON_WORDS = ['cotton', 'classic', 'shirt', 'wood', 'steel', 'handmade', 'glass', 'lamp', 'natural', 'leather']
const VERY_COMMON_SHARE = 0.22
const VERY_COMMON_WORDS = COMMON_WORDS.slice(0, 3)
const BEGINNINGS = ['co', 'cla', 'shi', 'cotton sh', 'woo', 'la', 'handm', 'kel', 'lumnor', 'leather ba', 'qu', 'ros']

/** In 32 ways, small letters and capitals: texts of which none was asked for a moment ago, though they mean the same. */
const spell = (words: string[]): string[] =>
  Array.from({ length: 32 }, (_, way) =>
    words.map((word) =>
      [...word].map((letter, at) => ((way >> at) & 1 && at < 5 ? letter.toUpperCase() : letter)).join(''),
    ),
  ).flat()

const get = (path: string): LoadRequest => ({ method: 'GET', path })
const everyBuyer = <Each>({ buyers }: Furnished, make: (buyer: number) => Each) =>
  Array.from({ length: buyers }, (_, buyer) => make(buyer))
/** Asks for the samples: its account has a number that no price has. */
const sampleBuyer = ({ buyers }: Furnished) => Math.floor(buyers / 10) * 10 - 4
/** Who is signed in is Souk's own question. */
const asksWhoItIs = (text: string) => /\bidentity\.sessions\b/.test(text)

function addToCart(shop: Furnished): Deed {
  const { activeProducts, sellableVariants: variants, tokens } = shop
  const request = (buyer: number): LoadRequest => ({
    method: 'POST',
    path: '/api/v1/cart/items/',
    token: tokens[buyer]!,
    body: { product_id: productOf(buyer, activeProducts), quantity: 1 },
  })
  const buyer = sampleBuyer(shop)
  return {
    key: 'cart',
    name: 'add to cart',
    aim: undefined,
    sells: 0,
    requests: everyBuyer(shop, request),
    samples: [request(buyer)],
    writeScript: ({ body, statements }) => {
      const product = productOf(buyer, activeProducts)
      const { items } = JSON.parse(body) as { items: { product: { id: number }; variant: { id: number } | null }[] }
      const added = items.find((item) => item.product.id === product)?.variant?.id
      const all: Variables = {
        ...inCart(variants),
        product: {
          expression: productExpression(':buyer', activeProducts),
          of: (each) => productOf(each, activeProducts),
        },
        // Any article that is not in the cart: the database looks at nothing but that it is there.
        variant: variable(CART_LINES, variants),
      }
      return writeScript(statements, { ...rolesOf(all, buyer), variant: added }, all, asksWhoItIs)
    },
  }
}

function placeOrder(shop: Furnished): Deed {
  const { sellableVariants: variants, tokens } = shop
  const request = (buyer: number): LoadRequest => ({
    method: 'POST',
    path: '/api/v1/orders/',
    token: tokens[buyer]!,
    // Account and address of a buyer have the same id.
    body: { shipping_address_id: accountOf(buyer), shipping_method: 'standard', payment_method: 'stripe' },
  })
  const buyer = sampleBuyer(shop) - 1
  return {
    key: 'order',
    name: 'place an order',
    aim: { share: 0.35, of: 'pgbench' },
    sells: CART_LINES,
    requests: everyBuyer(shop, request),
    samples: [request(buyer)],
    writeScript: ({ body, statements }) => {
      const { order_number } = JSON.parse(body) as { order_number: string }
      const number = { expression: 'random(1, 1000000000000000)', of: () => Math.floor(Math.random() * 1e15) }
      const all: Variables = { ...inCart(variants), number }
      return writeScript(statements, { ...rolesOf(all, buyer), number: order_number }, all, asksWhoItIs)
    },
  }
}

/** The buyer's account and the articles in the cart. */
function inCart(variants: number): Variables {
  const articles = Array.from(
    { length: CART_LINES },
    (_, line) => [`article_${line}`, variable(line, variants)] as const,
  )
  return { account: { expression: ':buyer + 1', of: accountOf }, ...Object.fromEntries(articles) }
}

const variable = (line: number, variants: number): Variables[string] => ({
  expression: variantExpression(':buyer', line, variants),
  of: (buyer) => variantOf(buyer, line, variants),
})

const rolesOf = (variables: Variables, buyer: number) =>
  Object.fromEntries(Object.entries(variables).map(([name, { of }]) => [name, of(buyer)]))
