/** The kept answers of a server, and whether they may be used at this moment. */
import { openTaggedCache } from '#platform/cache'
import type { App } from '../../../commerce/app.ts'
import { originCheck } from '../cors.ts'
import { securityHeaders } from '../response-headers.ts'
import { type KeptAnswer, sizeOf } from './kept-answer.ts'

export type AnswerCache = {
  /** The answer as far as this node has heard: `confirm` it before it is given. */
  find(key: string): KeptAnswer | undefined
  /** What was found, if it is current; with Redis that is asked. */
  confirm(key: string, found: KeptAnswer): KeptAnswer | undefined | Promise<KeptAnswer | undefined>
  countHeard(): number
  keep(key: string, answer: KeptAnswer, how: { tags: ReadonlySet<string>; seconds: number; heardBefore: number }): void
  /** What all kept answers carry. `sqlBudget` is told in development, as by any other answer. */
  headersBeside(sqlBudget: number | undefined): Record<string, string>
  bytes(): number
  close(): void
}

/** Keeps answers until what they show changes, on whichever node. */
export function openAnswerCache({ config, changes, now }: App): AnswerCache {
  const cache = openTaggedCache<KeptAnswer>({
    bytesMax: Math.floor(config.CACHE_BYTES),
    nowMs: () => now().getTime(),
  })
  const hearNoMore = changes.hear((heard) => cache.drop(heard))
  const Vary = originCheck(config.CORS_ALLOWED_ORIGINS).varies ? 'Origin, Accept-Encoding' : 'Accept-Encoding'
  const beside = { Vary, ...securityHeaders(config) }
  return {
    find: (key) => cache.find(key),
    confirm: (key, found) => {
      const isCurrent = changes.hasHeardAll()
      if (typeof isCurrent === 'boolean') return isCurrent ? found : undefined
      // What was found may have been dropped by what was heard meanwhile.
      return isCurrent.then((is) => (is ? cache.find(key) : undefined))
    },
    countHeard: () => cache.countHeard(),
    keep: (key, answer, { tags, seconds, heardBefore }) =>
      cache.keep(key, answer, { tags, seconds, heardBefore, bytes: sizeOf(answer, key, tags.size) }),
    headersBeside: (sqlBudget) =>
      config.production
        ? beside
        : { ...beside, 'Server-Timing': `cache, sql;desc="0 statements of ${sqlBudget ?? 'any number'}"` },
    bytes: () => cache.bytes(),
    close: hearNoMore,
  }
}
