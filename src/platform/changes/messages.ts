/** Changes as texts that travel: a notification of PostgreSQL holds less than 8000 bytes. */
import { EVERYTHING, type Heard } from './heard.ts'

const TAGS_IN_MESSAGE = 100
/** Who keeps copies drops them all rather than go through so many tags. */
const TAGS_MAX = 1000

export function toMessages(heard: Heard): string[] {
  if (heard === EVERYTHING || heard.size > TAGS_MAX) return ['*']
  const tags = [...heard]
  const parts: string[] = []
  for (let at = 0; at < tags.length; at += TAGS_IN_MESSAGE)
    parts.push(JSON.stringify(tags.slice(at, at + TAGS_IN_MESSAGE)))
  return parts
}

/** What is no message of ours may have been any change. */
export function fromMessage(message: string): Heard {
  try {
    const tags: unknown = JSON.parse(message)
    return Array.isArray(tags) ? new Set(tags.map(String)) : EVERYTHING
  } catch {
    return EVERYTHING
  }
}
