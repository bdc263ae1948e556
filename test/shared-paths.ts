/** What the shared paths answer, for tests (MP-050, MP-051). */
import assert from 'node:assert/strict'
import type { Called } from './server.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const SAID_TWICE = [401, 403, 404, 405, 429]

export const NOT_SAVED = 'Product with this name already exists or missing required fields'

/** A refusal with the keys of both documents; `more` is what stands beside them. */
export function assertFault(called: Called, status: number, error: string, details: object = {}, more: object = {}) {
  const { timestamp, request_id, ...rest } = called.body
  const twice = SAID_TWICE.includes(status) ? { detail: error } : {}
  assert.deepEqual([called.status, rest], [status, { error, details, status, ...twice, ...more }])
  assert.match(timestamp, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  assert.match(request_id, UUID)
  assert.equal(called.headers['x-request-id'], request_id)
}

/** The same of a product that was not saved: only which fields are at fault is looked at. */
export function assertNotSaved(called: Called, ...fields: string[]): void {
  const { details } = called.body
  assertFault(called, 400, NOT_SAVED, details)
  assert.deepEqual(Object.keys(details).sort(), fields.sort(), JSON.stringify(details))
}
