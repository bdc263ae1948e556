/** What a search means: which words a product must have, whatever their form; and the products of that article number. */
import { countEdits, editsAllowed } from './edits.ts'
import type { WordFacts } from './understand.queries.ts'

/** How well one word stands for another: as it is, in another form, said otherwise, begun, misspelt, or as a part of it. */
export const GRADES = {
  exact: 1,
  form: 0.95,
  compound: 0.92,
  synonym: 0.88,
  beginning: 0.78,
  nearly: 0.72,
  part: 0.55,
  roughly: 0.5,
} as const
type Grade = keyof typeof GRADES

/** Words that together stand for what was typed. `isBeginning`: whatever begins with the only one. */
export type Alternative = { words: string[]; grade: Grade; isBeginning?: true }
/** One word typed, and what it may mean; `names` are brands and categories called so: b:7, c:3. */
export type Meaning = { word: string; alternatives: Alternative[]; names: Map<string, Grade> }
/** Words that belong together: each for itself, or others for all of them. */
export type Unit = { meanings: Meaning[]; whole: Alternative[] }

/** Which documents are found: by words, by their ids, or by an id and the words beside it. */
export type Match = {
  /** For `words @@`; empty where nothing was typed to look for. */
  tsquery: string
  productIds: number[]
  numbered: { productIds: number[]; tsquery: string }[]
  /** Texts that must stand in name, tags or description as they are, in lower case without accents. */
  literals?: string[]
}

const NEAR_MAX = 8
const BEGINNING_LENGTH_MIN = 2

export function toUnits(facts: WordFacts[]): Unit[] {
  const units: Unit[] = []
  for (let at = 0; at < facts.length; ) {
    const { joins, synonyms, word } = facts[at]!
    const longest = Math.max(joins ? 2 : 1, ...synonyms.map(({ words }) => words))
    // Others for fewer of them would lose the last ones.
    const whole = synonyms.filter(({ words }) => words > 1 && words === longest).flatMap(saidOtherwise)
    if (joins && longest === 2) whole.push({ words: [word + facts[at + 1]!.word], grade: 'compound' })
    units.push({ meanings: facts.slice(at, at + longest).map(toMeaning), whole })
    at += longest
  }
  return units
}

function toMeaning(facts: WordFacts): Meaning {
  const { word, forms, begun, parts, splits, synonyms } = facts
  const misspelt = findNear(facts)
  const alternatives: Alternative[] = [
    { words: [word], grade: 'exact' },
    ...forms.map((form): Alternative => ({ words: [form], grade: 'form' })),
    ...splits.map((at): Alternative => ({ words: [word.slice(0, at), word.slice(at)], grade: 'compound' })),
    ...synonyms.filter(({ words }) => words === 1).flatMap(saidOtherwise),
    ...misspelt,
    ...(begun ?? []).map((longer): Alternative => ({ words: [longer], grade: 'beginning' })),
    ...parts.map((part): Alternative => ({ words: [part], grade: 'part' })),
  ]
  if (begun === null && [...word].length >= BEGINNING_LENGTH_MIN)
    alternatives.push({ words: [word], grade: 'beginning', isBeginning: true })
  return { word, alternatives: alternatives.toSorted(byGrade), names: gradeNames(facts, misspelt) }
}

const byGrade = (a: { grade: Grade }, b: { grade: Grade }) => GRADES[b.grade] - GRADES[a.grade]

function saidOtherwise({ plain, forms }: WordFacts['synonyms'][number]): Alternative[] {
  return [plain.split(' '), ...forms.map((form) => [form])].map((words) => ({ words, grade: 'synonym' }))
}

/** Those that a slip of the finger makes of it, the likeliest first. */
function findNear({ word, near }: WordFacts): Alternative[] {
  return near
    .map((term) => ({ term, edits: countEdits(word, term) }))
    .filter(({ term, edits }) => edits <= editsAllowed(word, term))
    .toSorted((a, b) => a.edits - b.edits || strangeness(word, a.term) - strangeness(word, b.term))
    .slice(0, NEAR_MAX)
    .map(({ term, edits }) => ({ words: [term], grade: edits === 1 ? 'nearly' : 'roughly' }))
}

const strangeness = (word: string, term: string) =>
  (word[0] === term[0] ? 0 : 2) + Math.abs(word.length - term.length) / 10

function gradeNames({ word, forms, parts, names }: WordFacts, misspelt: Alternative[]): Map<string, Grade> {
  const graded = new Map<string, Grade>()
  for (const name of names) {
    const grade = gradeOf(name.word)
    const before = graded.get(name.lexeme)
    if (grade && (!before || GRADES[before] < GRADES[grade])) graded.set(name.lexeme, grade)
  }
  return graded

  function gradeOf(called: string): Grade | undefined {
    if (called === word) return 'exact'
    if (forms.includes(called)) return 'form'
    if (called.startsWith(word)) return 'beginning'
    return misspelt.find(({ words }) => words[0] === called)?.grade ?? (parts.includes(called) ? 'part' : undefined)
  }
}

/** Where a word must stand: anywhere, in the name, or in the name, the tags, the brand or the categories. */
export type Field = 'anywhere' | 'name' | 'heading'

/** All of the units, for `words @@`. `isWhole` leaves out what is only begun, or a part of a word. */
export function toTsquery(units: Unit[], field: Field = 'anywhere', isWhole = false): string {
  return units.map((unit) => unitQuery(unit, field, isWhole)).join(' & ')
}

/** So many of the units: one, or all but one, whichever that is. */
export function toPartialTsquery(units: Unit[], left: number, field: Field = 'anywhere'): string {
  const queries = units.map((unit) => unitQuery(unit, field, false))
  if (left <= 1) return queries.join(' | ')
  return queries.map((_, out) => `(${queries.filter((_, at) => at !== out).join(' & ')})`).join(' | ')
}

export function unitQuery({ meanings, whole }: Unit, field: Field, isWhole: boolean): string {
  const each = meanings.map((meaning) => meaningQuery(meaning, field, isWhole)).join(' & ')
  const others = whole.map((alternative) => alternativeQuery(alternative, field))
  return `(${[`(${each})`, ...others].join(' | ')})`
}

const WHOLE: readonly Grade[] = ['exact', 'form', 'compound', 'synonym', 'nearly', 'roughly']

function meaningQuery({ alternatives, names, word }: Meaning, field: Field, isWhole: boolean): string {
  const isWanted = ({ grade }: { grade: Grade }) => !isWhole || WHOLE.includes(grade)
  const said = alternatives.filter(isWanted).map((alternative) => alternativeQuery(alternative, field))
  const called =
    field === 'name' ? [] : [...names].filter(([, grade]) => isWanted({ grade })).map(([name]) => quote(name))
  const all = [...said, ...called]
  return all.length > 0 ? `(${[...new Set(all)].join(' | ')})` : quote(word)
}

function alternativeQuery({ words, isBeginning }: Alternative, field: Field): string {
  const one = (word: string) => {
    const end = isBeginning ? ':*' : ''
    if (field === 'anywhere') return quote(word) + end
    const name = quote(`n:${word}`) + end
    return field === 'name' ? name : `(${name} | ${quote(`t:${word}`)}${end})`
  }
  // Two words for one are meant only where both stand in the name.
  if (words.length > 1 && field === 'anywhere') return `(${words.map((word) => quote(`n:${word}`)).join(' & ')})`
  return words.length > 1 ? `(${words.map(one).join(' & ')})` : one(words[0]!)
}

const quote = (lexeme: string) => `'${lexeme.replace(/['\\]/g, '$&$&')}'`
