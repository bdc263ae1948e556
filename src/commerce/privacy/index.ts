/**
 * Privacy: what the shop knows of a person, told to that person, and forgotten. Owns no table.
 * Invariant: of who has closed the account nothing personal stays but what an order under way still needs.
 */
export { closeAccount } from './close-account.ts'
export { exportAccount } from './export-account.ts'
export { forgetBuyers } from './forget-buyers.ts'
