/**
 * What the current call chain has open, and what it comes from. No rule reads it: it exists so that one assertion can
 * refuse a second connection, so that statements can be counted, and so that log lines, slow statements and the audit
 * trail name the request that caused them without every function passing it on.
 */
import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'

type Scope = { transactionOpen: boolean; counter: StatementCounter | undefined; cause: Cause | undefined }
export type StatementCounter = { statements: number; texts?: string[] }

/** Who sets something in motion: a person with his right, whoever is not signed in, or who works at the command line. */
export type ActorKind = 'staff' | 'seller' | 'user' | 'visitor' | 'operator'
/** What a call chain comes from: a request, a job, a command. Who acts may become known on the way. */
export type Cause = {
  requestId: string
  /** A route's pattern, `job NAME` or `command NAME`. */
  route: string
  /** Whether what it changes belongs into the audit trail. */
  isAudited: boolean
  actor: ActorKind
  accountId?: number
  ip?: string
}

const scopes = new AsyncLocalStorage<Scope>()

/** Asserted by the pool and by every client of the outside world: no nesting, no row locked while a stranger thinks. */
export function assertNoTransaction(): void {
  assert(!scopes.getStore()?.transactionOpen, 'a transaction is open: finish it first')
}

export async function asTransaction<Result>(work: () => Promise<Result>): Promise<Result> {
  const outer = scopes.getStore()
  const scope: Scope = { transactionOpen: true, counter: outer?.counter, cause: outer?.cause }
  return scopes.run(scope, work).finally(() => {
    scope.transactionOpen = false
  })
}

/** Runs work and adds each SQL statement that it causes to the counter; `cause` is what it comes from. */
export function countingStatements<Result>(counter: StatementCounter, work: () => Result, cause?: Cause): Result {
  return scopes.run({ transactionOpen: false, counter, cause }, work)
}

/** Runs work that comes from this, and not from whatever set it going. */
export function causedBy<Result>(cause: Cause, work: () => Result): Result {
  return scopes.run({ transactionOpen: false, counter: undefined, cause }, work)
}

/** What the current call chain comes from, where that is known. */
export const currentCause = (): Cause | undefined => scopes.getStore()?.cause

/** Work that belongs to nobody's request: a flush, a timer. Its statements count for no one. */
export function outsideOfAnyScope<Result>(work: () => Result): Result {
  return scopes.exit(work)
}

export function noteStatement(text: string): void {
  const counter = scopes.getStore()?.counter
  if (!counter) return
  counter.statements += 1
  counter.texts?.push(text)
}
