/**
 * Values that are kept until what they show changes, within a bound of bytes. Promise: no value is found that was read
 * before a change which was heard.
 */
export { openTaggedCache, type TaggedCache } from './tagged-cache.ts'
