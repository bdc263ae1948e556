/**
 * What the current call chain has open. It carries no data for anybody's use: it exists so that
 * one assertion can refuse a second connection, and so that statements can be counted.
 */
import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'

type Scope = { transactionOpen: boolean; counter: StatementCounter | undefined }
export type StatementCounter = { statements: number; texts?: string[] }

const scopes = new AsyncLocalStorage<Scope>()

/** Asserted by the pool and by every client of the outside world: no nesting, no row locked while a stranger thinks. */
export function assertNoTransaction(): void {
  assert(!scopes.getStore()?.transactionOpen, 'a transaction is open: finish it first')
}

export async function asTransaction<Result>(work: () => Promise<Result>): Promise<Result> {
  const scope: Scope = { transactionOpen: true, counter: scopes.getStore()?.counter }
  return scopes.run(scope, work).finally(() => {
    scope.transactionOpen = false
  })
}

/** Runs work and adds each SQL statement that it causes to the counter. */
export function countingStatements<Result>(counter: StatementCounter, work: () => Result): Result {
  return scopes.run({ transactionOpen: false, counter }, work)
}

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
