/** What is stuck on a parcel, as plain data: it travels to the thread that draws. */
export type Label = {
  /** Who sends it, line by line. */
  from: string[]
  to: string[]
  carrier: string
  service: string
  facts: { label: string; value: string }[]
  /** What scanners read: printable ASCII. */
  code: string
  issuedAt: Date
}
