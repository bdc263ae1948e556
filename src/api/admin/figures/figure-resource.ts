/** Models of figures: they are looked at, searched and exported, and nothing else (SF-453, SF-466). */
import type { Static, TObject } from 'typebox'
import type { Listing } from '#commerce/backoffice'
import type { Action, FilterReader, Resource } from '../resource.ts'
import { plainSheet } from './plain-sheet.ts'

type Told<Row, Filters, Wire extends TObject> = {
  path: `${string}/${string}`
  noun: { one: string; many: string }
  listing: Listing<Row, Filters>
  usual: string
  filters: { [Name in keyof Filters]-?: FilterReader<Filters[Name]> }
  row: Wire
  toRow: (row: Row) => Static<Wire>
  detail?: TObject
  toDetail?: (row: Row) => object
  actions?: Action<Filters>[]
  isLive?: boolean
}

export function figureResource<Row extends { id: number }, Filters, Wire extends TObject>({
  detail,
  toDetail,
  ...told
}: Told<Row, Filters, Wire>): Resource<Row, Filters> {
  const { path, listing, row, toRow } = told
  return {
    ...told,
    detail: detail ?? row,
    toDetail: async (_app, each) => (toDetail ?? toRow)(each),
    detailBudget: 0,
    sheet: plainSheet(path.split('/')[1]!, listing, row, toRow),
  }
}
