import { LRUCache } from 'lru-cache'
import { EVERYTHING, type Heard } from '#platform/changes'

export type TaggedCache<Value> = {
  find(key: string): Value | undefined
  /** Call it before what is to be kept is read, and give the number to `keep`. */
  countHeard(): number
  /** Keeps a value, unless something that it shows changed since it was begun to be read, or it is too large. */
  keep(key: string, value: Value, how: Keeping): void
  /** Drops what shows any of these. */
  drop(heard: Heard): void
  /** What the values take, as they said. */
  bytes(): number
}
export type Keeping = { tags: ReadonlySet<string>; heardBefore: number; seconds: number; bytes: number }
type Kept<Value> = { value: Value; tags: ReadonlySet<string>; endsAtMs: number; bytes: number }

/** A reading that more changes overtake than this is not kept. */
const CHANGES_REMEMBERED = 1000
/** No value takes more than this share: it would push out too many others. */
const SHARE_MAX = 1 / 8

/** Drops what was not used for longest when the bytes do not suffice. */
export function openTaggedCache<Value>({
  bytesMax,
  nowMs,
}: {
  bytesMax: number
  nowMs: () => number
}): TaggedCache<Value> {
  const holders = new Map<string, Set<string>>()
  const kept = new LRUCache<string, Kept<Value>>({
    maxSize: bytesMax,
    maxEntrySize: Math.max(1, Math.floor(bytesMax * SHARE_MAX)),
    sizeCalculation: ({ bytes }) => bytes,
    dispose: ({ tags }, key) => {
      for (const tag of tags) forget(holders, tag, key)
    },
  })
  const recent: Heard[] = []
  let heardCount = 0

  const hasChanged = (tags: ReadonlySet<string>, before: number) => {
    const missed = heardCount - before
    if (missed > recent.length) return true
    return recent
      .slice(recent.length - missed)
      .some((heard) => heard === EVERYTHING || [...heard].some((tag) => tags.has(tag)))
  }
  return {
    find: (key) => {
      const found = kept.get(key)
      if (!found || found.endsAtMs > nowMs()) return found?.value
      kept.delete(key)
      return undefined
    },
    countHeard: () => heardCount,
    keep: (key, value, { tags, heardBefore, seconds, bytes }) => {
      if (hasChanged(tags, heardBefore)) return
      kept.set(key, { value, tags, endsAtMs: nowMs() + seconds * 1000, bytes })
      if (!kept.has(key)) return
      for (const tag of tags) {
        const keys = holders.get(tag)
        if (keys) keys.add(key)
        else holders.set(tag, new Set([key]))
      }
    },
    drop: (heard) => {
      heardCount += 1
      recent.push(heard)
      if (recent.length > CHANGES_REMEMBERED) recent.shift()
      if (heard === EVERYTHING) return kept.clear()
      for (const tag of heard) for (const key of [...(holders.get(tag) ?? [])]) kept.delete(key)
    },
    bytes: () => kept.calculatedSize,
  }
}

function forget(holders: Map<string, Set<string>>, tag: string, key: string): void {
  const keys = holders.get(tag)
  keys?.delete(key)
  if (keys?.size === 0) holders.delete(tag)
}
