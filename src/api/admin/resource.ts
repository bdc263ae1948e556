/** What a model of the admin's JSON is: declared, and served by `add-resource.ts`. */
import type { FastifyReply } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Choice, Listing } from '#commerce/backoffice'
import type { Viewer } from '#commerce/identity'
import type { Db, Tx } from '#platform/database'
import type { Cell } from '#platform/sheets'
import type { App } from '../../commerce/app.ts'
import type { Sayings } from '../storefront/refusals.ts'

export type Resource<Row, Filters> = {
  /** The last two parts of the address of its screen: orders/order. */
  path: `${string}/${string}`
  /** What its operations are called after: listAdminOrders, getAdminOrder. */
  noun: { one: string; many: string }
  listing: Listing<Row, Filters>
  /** How it is put in order where nobody says: the name of an ordering, with - for the other way round. */
  usual: string
  /** By the names of the listing's filters. */
  filters: { [Name in keyof Filters]-?: FilterReader<Filters[Name]> }
  row: TSchema
  toRow: (row: Row) => object
  detail: TSchema
  toDetail: (app: App, row: Row) => Promise<object>
  /** How many statements the detail asks beside its row. */
  detailBudget: number
  change?: Change<Row>
  sheet?: Sheet<Filters>
  actions?: Action<Filters>[]
  /** New rows are sent to whoever looks on (SF-467). */
  isLive?: boolean
  /** What it says no with, otherwise than the surface does. */
  says?: Sayings
}

/** How the text of a query parameter becomes the value of a filter; undefined where it is none: then the parameter is at fault (`code`). */
export type FilterReader<Value> = {
  /** As the parameter is called. */
  name: string
  read: (text: string) => Value | undefined
  code: string
  description?: string
}

/** PATCH of a row. */
export type Change<Row> = {
  summary: string
  body: TSchema
  sqlBudget: number
  /** `alongside` is run last in the transaction of a deed that moves money or stock: it keeps the answer for a repeated key. */
  apply: (app: App, row: Row, body: never, viewer: Viewer, alongside: Alongside) => Promise<void>
}
export type Alongside = (tx: Tx) => Promise<void>
export const change = <Row, Body extends TSchema>(
  told: Omit<Change<Row>, 'body' | 'apply'> & {
    body: Body
    apply: (app: App, row: Row, body: Static<Body>, viewer: Viewer, alongside: Alongside) => Promise<void>
  },
): Change<Row> => told as unknown as Change<Row>

export type SheetFormat = 'csv' | 'xls' | 'xlsx'
/** What is chosen, in a file: one line each below a header. */
export type Sheet<Filters> = {
  /** Without its ending. */
  filename: string
  formats: readonly SheetFormat[]
  write: (db: Db, choice: Choice<Filters>) => AsyncIterable<readonly Cell[]>
}

/** A deed on the rows of these ids, or on all that the filters choose: POST …/actions/NAME/. */
export type Action<Filters> = {
  name: string
  summary: string
  operationId: string
  sqlBudget: number
  answer: TSchema
  run: (app: App, reply: FastifyReply, choice: Choice<Filters>) => Promise<unknown>
}
