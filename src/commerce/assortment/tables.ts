/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type AssortmentImportStatus = 'checking' | 'done' | 'failed' | 'queued' | 'reading' | 'refused' | 'writing'

export interface AssortmentImportErrors {
  field: string
  id: number
  importId: number
  message: string
  row: number
}

export interface AssortmentImportRows {
  brand: string | null
  category: string | null
  importId: number
  name: string
  product: unknown | null
  row: number
  skus: string[]
}

export interface AssortmentImports {
  createdAt: Date
  endedAt: Date | null
  errors: number
  id: number
  isDryRun: boolean
  rowsRead: number
  rowsWritten: number
  startedBy: number | null
  status: AssortmentImportStatus
  touchedAt: Date
}
