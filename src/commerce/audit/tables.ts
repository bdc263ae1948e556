/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type AuditAction = 'change' | 'create' | 'remove'

export type AuditActor = 'operator' | 'seller' | 'staff' | 'user' | 'visitor'

export interface AuditEntries {
  action: AuditAction
  actor: AuditActor
  actorId: number | null
  after: unknown | null
  before: unknown | null
  deed: string
  happenedAt: Date
  id: number
  ip: string | null
  ipDigest: Buffer
  ipSalt: Buffer | null
  objectId: string
  objectKind: string
  opensDeed: boolean
  requestId: string
  route: string
  subjectId: number | null
  valuesDigest: Buffer
  valuesSalt: Buffer | null
}

export interface AuditLinks {
  deed: string
  hash: Buffer
  sequence: number
}
