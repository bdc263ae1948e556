/** What is measured: how Souk is asked for it, and of what a database script for the same is made. */
import { accountOf, CART_LINES, productExpression, productOf, variantExpression, variantOf } from './buyers.queries.ts'
import type { Furnished } from './furnish.ts'
import { type Script, type Variables, writeScript } from './limits/script.ts'
import type { LoadRequest } from './load.ts'
import type { Recorded } from './record.ts'

/** What Souk is held to: this share of what the limit does. */
export type Aim = { share: number; of: LimitName }
export type LimitName = 'prepared SELECT' | 'pgbench' | 'bare node:http'

export type Deed = {
  key: 'list' | 'page' | 'kept-list' | 'kept-page' | 'cart' | 'order'
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
}

const PAGES = 200

export function listDeeds(shop: Furnished): Deed[] {
  const pages = Array.from({ length: PAGES }, (_, n) => get(`/api/v1/products/${productOf(n, shop.activeProducts)}/`))
  const list = [get('/api/v1/products/')]
  const half: Aim = { share: 0.5, of: 'prepared SELECT' }
  const most: Aim = { share: 0.8, of: 'bare node:http' }
  return [
    { key: 'list', name: 'product list', aim: half, requests: list, samples: list, sells: 0 },
    { key: 'page', name: 'product page', aim: half, requests: pages, samples: pages, sells: 0 },
    { key: 'kept-list', name: 'kept product list', aim: most, requests: list, samples: list, sells: 0, isKept: true },
    { key: 'kept-page', name: 'kept product page', aim: most, requests: pages, samples: pages, sells: 0, isKept: true },
    addToCart(shop),
    placeOrder(shop),
  ]
}

const get = (path: string): LoadRequest => ({ method: 'GET', path })
const everyBuyer = <Each>({ buyers }: Furnished, make: (buyer: number) => Each) =>
  Array.from({ length: buyers }, (_, buyer) => make(buyer))
/** Asks for the samples: its account has a number that no price has. */
const sampleBuyer = ({ buyers }: Furnished) => Math.floor(buyers / 10) * 10 - 4
/** Who is signed in is Souk's own question. */
const asksWhoItIs = (text: string) => /\bidentity\./.test(text)

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
    aim: { share: 0.25, of: 'pgbench' },
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
