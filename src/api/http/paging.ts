/** Numbered pages, as the v1 surface and those alike write them (V1-006, V1-007). */
import type { FastifyRequest } from 'fastify'
import { type Static, type TSchema, Type } from 'typebox'
import { Refusal } from '#platform/refusal.ts'

export const PAGE_SIZE_DEFAULT = 20
export const PAGE_SIZE_MAX = 100

export type PageWanted = { page: number; size: number; limit: number; offset: number }
/** What a question that pages returns: the rows of the page, and how many there are in all. */
export type Listed<Row> = { rows: Row[]; count: number }

/** In a route's querystring. Text, because what is no number is "no such page", not a field at fault. */
export const PageQuery = {
  page: Type.Optional(Type.String({ description: 'from 1' })),
  page_size: Type.Optional(Type.String({ description: `default ${PAGE_SIZE_DEFAULT}, at most ${PAGE_SIZE_MAX}` })),
}

export const PageOf = <Item extends TSchema & { title?: string }>(item: Item) =>
  Type.Object(
    {
      count: Type.Integer(),
      next: Type.Unsafe<string | null>({ type: 'string', nullable: true }),
      previous: Type.Unsafe<string | null>({ type: 'string', nullable: true }),
      results: Type.Array(item),
      page_size: Type.Integer(),
      current_page: Type.Integer(),
      total_pages: Type.Integer(),
    },
    // A named page is one type in a generated client, not one per route.
    item.title === undefined ? {} : { title: `${item.title}Page` },
  )
export type Page<Item> = Omit<Static<ReturnType<typeof PageOf>>, 'results'> & { results: Item[] }

/** Which page a query asks for. Refuses what is no positive integer with 404; an odd size means the default. */
export function pageWanted(query: { page?: string; page_size?: string }, usualSize = PAGE_SIZE_DEFAULT): PageWanted {
  const page = positiveInteger(query.page ?? '1')
  if (page === undefined) throw invalidPage()
  const size = Math.min(positiveInteger(query.page_size ?? '') ?? usualSize, PAGE_SIZE_MAX)
  return { page, size, limit: size, offset: (page - 1) * size }
}

/** Wraps the rows of a page. Refuses a page past the end with 404; the first page may be empty. */
export function toPage<Row, Item>(
  request: FastifyRequest,
  publicUrl: string,
  wanted: PageWanted,
  listed: Listed<Row>,
  toItem: (row: Row) => Item,
): Page<Item> {
  const pages = Math.max(1, Math.ceil(listed.count / wanted.size))
  if (wanted.page > pages) throw invalidPage()
  const link = (page: number) => linkTo(request.url, publicUrl, page)
  return {
    count: listed.count,
    next: wanted.page < pages ? link(wanted.page + 1) : null,
    previous: wanted.page > 1 ? link(wanted.page - 1) : null,
    results: listed.rows.map(toItem),
    page_size: wanted.size,
    current_page: wanted.page,
    total_pages: pages,
  }
}

/** The same address with another page number; the other parameters stay. A host in the request line is not ours. */
function linkTo(url: string, publicUrl: string, page: number): string {
  const { pathname, searchParams } = new URL(url, publicUrl)
  searchParams.set('page', String(page))
  return `${publicUrl}${pathname}?${searchParams}`
}

function positiveInteger(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}

const invalidPage = () => new Refusal('missing', 'invalid_page', 'No such page of the list')
