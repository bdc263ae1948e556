/** Interactions in a file of text, as public collections have them: who, what, how much or how, and when, a line each. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { type TrialInteraction, WEIGHTS } from '#commerce/recommendations'

const BATCH = 10_000
const SHOWN = 80
/** As long a number as seconds of the year 5138: from there on they are milliseconds. */
const SECONDS_MAX = 1e11

/** How the columns are called: by the first word that is part of a name. */
const NAMES = {
  person: ['user', 'visitor', 'customer', 'person', 'account', 'session'],
  product: ['item', 'product', 'movie', 'article', 'sku', 'book', 'song'],
  weight: ['rating', 'event', 'type', 'kind', 'action', 'behav', 'interaction', 'score', 'value', 'stars'],
  at: ['time', 'date', 'at'],
} as const
type Column = keyof typeof NAMES
/** Without a first line that names them. */
const USUAL: Record<Column, number> = { person: 0, product: 1, weight: 2, at: 3 }

const KINDS: [RegExp, number][] = [
  [/purchase|buy|bought|transaction|order|conversion/i, WEIGHTS.PURCHASE],
  [/cart|basket/i, WEIGHTS.CART],
  [/wish|fav|like|bookmark/i, WEIGHTS.WISHLIST],
]

/**
 * Reads lines separated by commas, semicolons, tabs or `::`, with or without a line that names the columns. A rating counts what it
 * gives, a kind of interaction as it counts in the shop. Ids may be any text. Throws, with the number of the line, where no time can be read.
 */
export async function* readInteractions(path: string): AsyncGenerator<TrialInteraction[]> {
  const people = openNumbers()
  const products = openNumbers()
  let batch: TrialInteraction[] = []
  let separator = ''
  let columns = USUAL
  let line = 0
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1
    if (text.trim() === '') continue
    if (separator === '') {
      separator = ['::', '\t', ';', ','].find((each) => text.includes(each)) ?? ','
      const named = readHead(split(text, separator))
      if (named) {
        columns = named
        continue
      }
    }
    const cells = split(text, separator)
    const [person, product] = [cells[columns.person], cells[columns.product]]
    if (!person || !product)
      throw new Error(`Line ${line} of ${path} does not say who did something with what: ${shown(text)}`)
    const at = readTime(cells[columns.at], line)
    if (!at) throw new Error(`Line ${line} of ${path} has no time that can be read: ${shown(text)}`)
    const weight = readWeight(cells[columns.weight])
    batch.push({ person: people(person), product: products(product), weight, at })
    if (batch.length === BATCH) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

/** The beginning of a line, for a terminal: of a file that is none of text as well. */
const shown = (text: string): string => JSON.stringify(text.slice(0, SHOWN))

const split = (text: string, separator: string): string[] =>
  text.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))

/** Where each column is, if this line names them. */
function readHead(cells: string[]): Record<Column, number> | undefined {
  if (cells.some((cell) => /^-?[\d.]+$/.test(cell))) return undefined
  const find = (column: Column) => {
    const word = NAMES[column].find((each) => cells.some((cell) => cell.toLowerCase().includes(each)))
    return word === undefined ? -1 : cells.findIndex((cell) => cell.toLowerCase().includes(word))
  }
  const columns = { person: find('person'), product: find('product'), weight: find('weight'), at: find('at') }
  if (columns.person < 0) return undefined
  return columns.product < 0 ? { ...columns, product: columns.person === 0 ? 1 : 0 } : columns
}

/** Where there is no time at all, lines are in the order of time. */
function readTime(text: string | undefined, line: number): Date | undefined {
  if (text === undefined || text === '') return new Date(line * 1000)
  const number = Number(text)
  const at = Number.isNaN(number) ? new Date(text) : new Date(number < SECONDS_MAX ? number * 1000 : number)
  return Number.isNaN(at.valueOf()) ? undefined : at
}

function readWeight(text = ''): number {
  if (text !== '' && !Number.isNaN(Number(text))) return Math.max(Number(text), 0.1)
  return KINDS.find(([kind]) => kind.test(text))?.[1] ?? WEIGHTS.VIEW
}

/** Numbers any texts from one on. */
function openNumbers(): (text: string) => number {
  const numbers = new Map<string, number>()
  return (text) => {
    const number = numbers.get(text) ?? numbers.size + 1
    if (number > numbers.size) numbers.set(text, number)
    return number
  }
}
