/** Talking to addresses that others name: outside of the house alone, and never for long. */
export { type Posted, type PostOptions, postOutward } from './post-outward.ts'
export { InsideAddress, isPublicAddress } from './public-addresses.ts'
