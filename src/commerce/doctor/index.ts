/**
 * Doctor: looks over the whole database for what must never be. Owns nothing and reads everything.
 * Invariant: it changes nothing, so it may run beside a serving shop.
 */
export { type Diagnosis, examine } from './examine.ts'
