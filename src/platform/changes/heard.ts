export type Changes = ReadonlySet<string>

/** Some changes may have been missed: no copy can be trusted. */
export const EVERYTHING = 'everything'
export type Heard = Changes | typeof EVERYTHING
