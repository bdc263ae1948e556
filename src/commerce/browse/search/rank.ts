/** How well a product answers a search (V1-405): where its words stand comes first, then their form, then its merit. */
import { type Alternative, GRADES, type Meaning, type Unit } from './understood.ts'

/** What the ranking looks at; names and tags in plain words. */
export type Candidate = {
  id: number
  name: string
  tags: string
  brandId: number | null
  /** Of the category, from the root. */
  path: number[] | null
  merit: number
  /** Which units stand anywhere in it; null where all do. */
  found: boolean[] | null
}

const FIELD = { name: 10, heading: 5, text: 1.5 } as const
const SAME_NAME = 40
const SAME_NUMBER = 60
const NAME_BEGINS = 4
const IN_ORDER = 0.5
const COVERS = 1
const MERIT = 1
/** At this merit half of what it can bring is reached. */
const MERIT_HALF = 8

/** Higher is better. `plain` is what was typed in plain words. */
export function scoreOf(candidate: Candidate, units: Unit[], plain: string, hasNumber: boolean): number {
  const words = candidate.name.split(' ')
  const told = { names: new Set(words), tags: new Set(candidate.tags.split(' ')), lexemes: lexemesOf(candidate) }
  const perUnit = units.map((unit, at) => (candidate.found?.[at] === false ? 0 : scoreUnit(unit, words, told)))
  const sum = perUnit.reduce((total, score) => total + score, 0) / Math.max(1, units.length)
  const typed = plain.split(' ')
  const begins = candidate.name === plain || candidate.name.startsWith(`${plain} `)
  return (
    sum +
    (hasNumber ? SAME_NUMBER : 0) +
    (candidate.name === plain ? SAME_NAME : 0) +
    (begins && plain ? NAME_BEGINS : 0) +
    (typed.length > 1 && ` ${candidate.name} `.includes(` ${plain} `) ? IN_ORDER : 0) +
    COVERS * Math.min(1, typed.length / words.length) +
    (MERIT * Math.max(0, candidate.merit)) / (Math.max(0, candidate.merit) + MERIT_HALF)
  )
}

/** The same from 0 to 1: nearly 1 where the name or the number is the same. */
export const relevanceOf = (score: number): number => Math.round((score / (score + NAME_BEGINS)) * 1000) / 1000

type Told = { names: Set<string>; tags: Set<string>; lexemes: Set<string> }

function lexemesOf({ brandId, path }: Candidate): Set<string> {
  return new Set([...(brandId === null ? [] : [`b:${brandId}`]), ...(path ?? []).map((id) => `c:${id}`)])
}

function scoreUnit({ meanings, whole }: Unit, words: string[], told: Told): number {
  const each = meanings.map((meaning) => scoreMeaning(meaning, words, told))
  const sum = each.reduce((total, score) => total + score, 0) / each.length
  return Math.max(sum, ...whole.map((alternative) => scoreAlternative(alternative, words, told)))
}

function scoreMeaning({ alternatives, names }: Meaning, words: string[], told: Told): number {
  let best = 0
  for (const alternative of alternatives) {
    if (best >= FIELD.name * GRADES[alternative.grade]) break
    best = Math.max(best, scoreAlternative(alternative, words, told))
  }
  for (const [lexeme, grade] of names) {
    if (told.lexemes.has(lexeme)) best = Math.max(best, FIELD.heading * GRADES[grade])
  }
  return Math.max(best, FIELD.text * GRADES.part)
}

function scoreAlternative({ words, grade, isBeginning }: Alternative, names: string[], told: Told): number {
  if (isBeginning) {
    const begins = (word: string) => word.startsWith(words[0]!)
    if (names.some(begins)) return FIELD.name * GRADES[grade]
    return [...told.tags].some(begins) ? FIELD.heading * GRADES[grade] : 0
  }
  if (words.every((word) => told.names.has(word))) return FIELD.name * GRADES[grade]
  return words.every((word) => told.names.has(word) || told.tags.has(word)) ? FIELD.heading * GRADES[grade] : 0
}

/** The word of the best candidate that was taken for each misspelt one; undefined where nothing was. */
export function findCorrection(candidate: Candidate, units: Unit[]): string | undefined {
  const words = candidate.name.split(' ')
  const told = { names: new Set(words), tags: new Set(candidate.tags.split(' ')), lexemes: lexemesOf(candidate) }
  let isCorrected = false
  const said = units.flatMap(({ meanings, whole }) => {
    const together = whole.some((alternative) => scoreAlternative(alternative, words, told) > 0)
    return meanings.map((meaning) => {
      const word = together ? undefined : takenFor(meaning, words, told)
      if (word !== undefined) isCorrected = true
      return word ?? meaning.word
    })
  })
  return isCorrected ? said.join(' ') : undefined
}

const isMisspelt = ({ grade }: Alternative) => grade === 'nearly' || grade === 'roughly'

function takenFor(meaning: Meaning, words: string[], told: Told): string | undefined {
  const best = meaning.alternatives.find((alternative) => scoreAlternative(alternative, words, told) > 0)
  if (best) return isMisspelt(best) ? best.words[0] : undefined
  const names = [...meaning.names].filter(([lexeme]) => told.lexemes.has(lexeme)).map(([, grade]) => grade)
  if (names.some((grade) => grade !== 'nearly' && grade !== 'roughly')) return undefined
  const near = meaning.alternatives.find(isMisspelt)
  return near?.words[0]
}
