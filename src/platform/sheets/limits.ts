/** How large a sheet may be. */
export type SheetLimits = {
  /** Bytes of the file. */
  maxBytes: number
  /** Rows that are not blank, the header among them. */
  maxRows: number
  maxColumns: number
  /** Characters of one cell; Excel itself holds no more than 32,767. */
  maxCellLength: number
  /** Bytes that an .xlsx may unpack to. A hundred thousand products with long descriptions are a third of it. */
  maxUnpackedBytes: number
}

const MEBIBYTE = 2 ** 20

export const usualLimits: SheetLimits = {
  maxBytes: 64 * MEBIBYTE,
  maxRows: 250_000,
  maxColumns: 250,
  maxCellLength: 32_767,
  maxUnpackedBytes: 512 * MEBIBYTE,
}
