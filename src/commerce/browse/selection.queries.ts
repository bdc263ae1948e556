/**
 * Which products a list shows, and in what order: only their ids are looked for, along an index where there is one.
 * The text depends on which filters are there, never on their values.
 */
import { hasMarks, idsOfDeepPage } from './deep-page.queries.ts'
import type { Criteria, ProductOrder } from './product-filter.ts'
import type { Handle } from './product-view.ts'
import type { Match } from './search/understood.ts'

export type Window = { limit: number; offset: number }
/** `ids` and `count` are expressions over `values`: an array of ids in order, and the number of all that match. */
export type Selection = Count & {
  ids: string
  /** Asked for so often that its plan is worth keeping; the other shapes are too many. */
  isUsual: boolean
}
export type Count = { count: string; values: unknown[]; isKept: boolean }

export type Bind = (value: unknown) => string
/** What the filter says, once it is bound: conditions on `product`, and the categories it must be in. */
type Bound = { conditions: string[]; branch: string | undefined }

/** The first page of the usual size has its numbers in the text, so that one plan serves all who ask for it. */
const USUAL_LIMIT = 20

export function selectProducts(filter: Criteria, order: ProductOrder, window: Window): Selection {
  const values: unknown[] = []
  const bind: Bind = (value) => `$${values.push(value)}`
  const bound = bindFilter(filter, bind)
  const isFirst = window.limit === USUAL_LIMIT && window.offset === 0
  if (given(filter) === 0 && !filter.includesInactive && hasMarks(order, window)) {
    return { ids: idsOfDeepPage(order, window, bind), values, isUsual: true, ...countOf(filter, bound) }
  }
  const [limit, offset] = isFirst ? [String(USUAL_LIMIT), '0'] : [bind(window.limit), bind(window.offset)].map(asBigint)
  const reach = isFirst ? `${limit}` : `${limit} + ${offset}`
  const cut = isFirst ? `limit ${limit}` : `limit ${limit} offset ${offset}`
  const ids = isScored(order)
    ? idsByScore(all(bound), order, reach, cut)
    : bound.branch
      ? idsInBranch(bound.conditions, order, bound.branch, reach, cut)
      : idsInOrder(bound.conditions, order, cut, filter.tag !== undefined)
  return { ids, values, isUsual: isFirst && isUsual(filter, order), ...countOf(filter, bound) }
}

export function selectCount(filter: Criteria): Count {
  const values: unknown[] = []
  const bound = bindFilter(filter, (value) => `$${values.push(value)}`)
  return { values, ...countOf(filter, bound) }
}

/**
 * What a filter says of `document`, with its category, for a statement of one's own. Where the planner does not see the words, it
 * takes them for rare and goes by their index: it would take many words of which each is rare for common together.
 */
export function bindCriteria(filter: Criteria, bind: Bind, seesWords = true): string {
  return all(bindFilter(filter, bind, seesWords)).join(' and ') || 'true'
}

/** Where documents lie, the best ones first; each shelf has an index of its words, and the last one that of all. */
export const SHELVES = [0, 1, 2, 3, 4, 5, 6]

/** Words that the planner does not see. */
export const unseen = (query: string): string => `(select ${query}::tsquery)`

function bindFilter(filter: Criteria, bind: Bind, seesWords = true): Bound {
  const branch = filter.category && branchOf(filter.category, bind)
  return { conditions: conditionsOf(filter, bind, seesWords), branch }
}

const asBigint = (value: string) => `${value}::bigint`
const inBranch = (branch: string) => `document.category_id = any(array(select id from ${branch}))`
const all = ({ conditions, branch }: Bound) => (branch ? [...conditions, inBranch(branch)] : conditions)
const given = (filter: Criteria) =>
  Object.values({ ...filter, includesInactive: filter.includesInactive || undefined }).filter(
    (value) => value !== undefined,
  ).length

/** What is found by words or a tag is better planned for its value: some are everywhere, some nowhere. */
function isUsual(filter: Criteria, order: ProductOrder): boolean {
  if (filter.includesInactive || filter.alsoHidden || filter.words || filter.tag !== undefined) return false
  return given(filter) === 0 || (given(filter) === 1 && (order.by === 'created_at' || order.by === 'price'))
}

/** The category and those below it, with nothing for an unknown one. */
function branchOf(category: Handle, bind: Bind): string {
  return `(select id from catalog.categories where path @> array[${idOf('categories', category, bind)}]) branch`
}

/** Digits are an id, unless there is no such row: then they are a slug. */
export function idOf(table: 'categories' | 'brands' | 'products', { id, slug }: Handle, bind: Bind): string {
  const bySlug = `(select id from catalog.${table} where slug = ${bind(slug)})`
  if (id === null) return bySlug
  return `coalesce((select id from catalog.${table} where id = ${bind(id)}), ${bySlug})`
}

const ACTIVE = 'document.is_active'
export const IN_STOCK = 'not exists (select from browse.sold_out gone where gone.product_id = document.product_id)'

function conditionsOf(filter: Criteria, bind: Bind, seesWords: boolean): string[] {
  const conditions = filter.includesInactive ? [] : [filter.alsoHidden ? orHidden(filter.alsoHidden, bind) : ACTIVE]
  const add = (condition: string) => conditions.push(condition)
  const flag = (wanted: boolean | undefined, condition: string) => {
    if (wanted !== undefined) add(wanted ? condition : `not (${condition})`)
  }
  if (filter.words) add(wordsFound(filter.words, bind, seesWords))
  if (filter.onlyIds) add(`document.product_id = any(${bind(filter.onlyIds)}::bigint[])`)
  if (filter.brand) add(`document.brand_id = (select ${idOf('brands', filter.brand, bind)})`)
  if (filter.sellerId !== undefined) add(`document.seller_id = ${bind(filter.sellerId)}`)
  if (filter.minPriceMinor !== undefined) add(`document.price_minor >= ${bind(filter.minPriceMinor)}`)
  if (filter.maxPriceMinor !== undefined) add(`document.price_minor <= ${bind(filter.maxPriceMinor)}`)
  if (filter.tag !== undefined) add(`document.tags @> array[${bind(filter.tag)}::text]`)
  if (filter.minRating !== undefined) add(`document.rating_average >= ${bind(filter.minRating)}`)
  if (filter.isFlashSale) add(isFlashSale(filter.isFlashSale, bind))
  flag(filter.isFeatured, 'document.is_featured')
  flag(filter.isOnSale, 'document.is_on_sale')
  flag(filter.isBestSeller, 'document.is_best_seller')
  flag(filter.inStock, IN_STOCK)
  return conditions
}

function orHidden({ sellerId }: { sellerId?: number }, bind: Bind): string {
  const own = sellerId === undefined ? '' : `document.seller_id = ${bind(sellerId)} and `
  return `(${ACTIVE} or ${own}not exists (
    select from catalog.products gone where gone.id = document.product_id and gone.removed_at is not null))`
}

/** Found by what the words mean, or by an article number, perhaps with other words beside it. */
function wordsFound({ tsquery, productIds, numbered, literals = [] }: Match, bind: Bind, seesWords: boolean): string {
  const query = (words: string) => (seesWords ? `${bind(words)}::tsquery` : unseen(bind(words)))
  const said = literals.map((literal) => literallyFound(bind(literal)))
  const byWords = [`document.words @@ ${query(tsquery)}`, ...said].join(' and ')
  const byId = (ids: number[]) => `document.product_id = any(${bind(ids)}::bigint[])`
  const others = numbered.map((each) => `(${byId(each.productIds)} and document.words @@ ${query(each.tsquery)})`)
  const all = [byWords, ...(productIds.length > 0 ? [byId(productIds)] : []), ...others]
  return all.length === 1 ? byWords : `(${all.join(' or ')})`
}

const literallyFound = (literal: string) => `exists (
    select from catalog.products product where product.id = document.product_id and position(${literal} in lower(unaccent(concat_ws(' ',
      product.name, array_to_string(product.tags, ' '), product.short_description, product.description)))) > 0)`

/** A flash sale that has ended is none, though its flag is still up (MP-073). */
function isFlashSale({ wanted, at }: { wanted: boolean; at: Date }, bind: Bind): string {
  const running = `document.flash_sale_until > ${bind(at)}::timestamptz`
  return wanted ? running : `(document.flash_sale_until is null or not ${running})`
}

export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

const columnOf = {
  price: 'document.price_minor',
  name: 'document.name_key',
  created_at: 'document.created_at',
  rating: 'document.rating_average',
} as const
const scoreOf = {
  popularity: { table: 'browse.product_views', column: 'views' },
} as const
type Scored = ProductOrder & { by: keyof typeof scoreOf }
type Plain = ProductOrder & { by: keyof typeof columnOf }

const isScored = (order: ProductOrder): order is Scored => order.by in scoreOf
const where = (conditions: string[]) => (conditions.length > 0 ? `where ${conditions.join(' and ')}` : '')
const sorted = (key: string, id: string, { descending }: ProductOrder) =>
  descending ? `order by ${key} desc, ${id} desc` : `order by ${key}, ${id}`

/** `isFenced` keeps the planner from walking the whole index of the order in search of a tag that few products have. */
function idsInOrder(conditions: string[], order: ProductOrder, cut: string, isFenced: boolean): string {
  const matching = `browse.documents document ${where(conditions)}`
  return `array(
    select document.product_id from ${isFenced ? `(select * from ${matching} offset 0) document` : matching}
    ${sorted(columnOf[(order as Plain).by], 'document.product_id', order)} ${cut})`
}

/** Each category of the branch gives its first ones in order; the first of all those are the page. */
function idsInBranch(conditions: string[], order: ProductOrder, branch: string, reach: string, cut: string): string {
  const key = columnOf[(order as Plain).by]
  const own = [...conditions, 'document.category_id = branch.id']
  return `array(
    select found.id from ${branch} cross join lateral (
      select document.product_id as id, ${key} as key from browse.documents document ${where(own)}
      ${sorted(key, 'document.product_id', order)} limit ${reach}
    ) found
    ${sorted('found.key', 'found.id', order)} ${cut})`
}

/** What is rated (or was looked at) along the index of the scores, what is not by its id: a join of all would be sorted. */
function idsByScore(conditions: string[], order: Scored, reach: string, cut: string): string {
  const { table, column } = scoreOf[order.by]
  const without = [
    ...conditions,
    `not exists (select from ${table} score where score.product_id = document.product_id)`,
  ]
  return `array(
    select found.id from (
      (select score.product_id as id, score.${column} as key
        from ${table} score join browse.documents document on document.product_id = score.product_id ${where(conditions)}
        ${sorted(`score.${column}`, 'score.product_id', order)} limit ${reach})
      union all
      (select document.product_id, 0 from browse.documents document ${where(without)}
        order by document.product_id ${order.descending ? 'desc' : 'asc'} limit ${reach})
    ) found
    ${sorted('found.key', 'found.id', order)} ${cut})`
}

/** Of all, of a category or of a brand the number is kept; otherwise what matches is counted. */
function countOf(filter: Criteria, bound: Bound): { count: string; isKept: boolean } {
  const { category, brand } = filter
  const isKept = given(filter) === 0 || (given(filter) === 1 && (category ?? brand) !== undefined)
  if (!isKept) return { isKept, count: `(select count(*) from browse.documents document ${where(all(bound))})` }
  const table = brand ? 'catalog.products_per_brand' : 'catalog.products_per_category'
  const own = all(bound).filter((condition) => condition !== ACTIVE)
  return { isKept, count: `(select coalesce(sum(document.products), 0)::bigint from ${table} document ${where(own)})` }
}
