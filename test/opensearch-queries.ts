/** The searches that the double of the search engine knows. Scores are rough: how much of what was asked is there, by its weights. */

// biome-ignore lint/suspicious/noExplicitAny: whatever JSON comes
export type Fields = Record<string, any>

/** What a real engine refuses, with the type of its error. */
export class Faulty extends Error {
  readonly status: number
  constructor(type: string, status = 400) {
    super(type)
    this.status = status
  }
}

const RESULTS_MAX = 10_000
const KNOWN = 'from size _source track_total_hits query sort track_scores post_filter aggs suggest'.split(' ')

/** As `_search` answers. */
export function searchIn(documents: Map<string, Fields>, body: Fields): Fields {
  const strange = Object.keys(body).find((key) => !KNOWN.includes(key))
  if (strange) throw new Faulty('parsing_exception')
  const { from = 0, size = 10, query, sort, post_filter: postFilter, aggs, suggest } = body
  if (from + size > RESULTS_MAX) throw new Faulty('search_phase_execution_exception')
  const matched = [...documents].flatMap(([id, source]) => {
    const score = scoreOf(query, source)
    return score === undefined ? [] : [{ _id: id, _score: score, source }]
  })
  const hits = matched.filter(({ source }) => !postFilter || scoreOf(postFilter, source) !== undefined)
  const sorted = hits.toSorted((a, b) => compare(a, b, sort))
  const sources = matched.map(({ source }) => source)
  return {
    timed_out: false,
    hits: {
      total: { value: hits.length, relation: 'eq' },
      hits: sorted.slice(from, from + size).map(({ _id, _score }) => ({ _id, _score })),
    },
    ...(aggs && { aggregations: aggregate(aggs, sources) }),
    ...(suggest && { suggest: { words: correct(suggest, [...documents.values()]) } }),
  }
}

type Hit = { _id: string; _score: number; source: Fields }

function compare(a: Hit, b: Hit, sort: Fields[]): number {
  for (const line of sort) {
    const [field, way] = Object.entries<string>(line)[0]!
    const [x, y] = [a, b].map((hit) => (field === '_score' ? hit._score : hit.source[field]))
    if (x !== y) return (x < y ? -1 : 1) * (way === 'desc' ? -1 : 1)
  }
  return 0
}

const plain = (text: unknown) =>
  String(text ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
const wordsIn = (text: unknown) => plain([text].flat().join(' ')).match(/[\p{L}\p{N}]+/gu) ?? []
const stem = (word: string) => word.replace(/(es|s)$/, '')
const EVERYWHERE = ['name', 'brand', 'category', 'tags', 'description', 'skus']

/** Words of a field as its analyzer takes them apart, or the values of one that is kept whole. */
function valuesOf(source: Fields, field: string): (string | number | boolean)[] {
  if (field === 'all') return EVERYWHERE.flatMap((each) => wordsIn(source[each])).map(stem)
  if (field.startsWith('name.begun')) return wordsIn(source.name)
  if (field === 'name.key') return [plain(source.name)]
  if (field === 'tags.key') return source.tags
  if (field === 'skus') return (source.skus ?? []).map(plain)
  if (EVERYWHERE.includes(field)) return wordsIn(source[field]).map(stem)
  return [source[field] ?? []].flat()
}

/** Undefined where it does not match. */
function scoreOf(query: Fields, source: Fields): number | undefined {
  const kinds = Object.keys(query)
  if (kinds.length !== 1) throw new Faulty('parsing_exception')
  const kind = kinds[0]!
  const known = QUERIES[kind]
  if (!known) throw new Faulty('parsing_exception')
  return known(query[kind], source)
}

const only = (query: Fields): [string, Fields] => Object.entries<Fields>(query)[0]!
const keyed = (field: string) => field === 'skus' || field === 'name.key'

const QUERIES: Record<string, (query: Fields, source: Fields) => number | undefined> = {
  match_all: () => 1,
  term: (query, source) => {
    const [field, said] = only(query)
    const { value, boost = 1 } = typeof said === 'object' ? said : { value: said }
    return valuesOf(source, field).includes(keyed(field) ? plain(value) : value) ? boost : undefined
  },
  terms: (query, source) => {
    const [field, values] = only(query)
    return valuesOf(source, field).some((value) => values.includes(value)) ? 1 : undefined
  },
  prefix: (query, source) => {
    const [field, { value, boost = 1 }] = only(query)
    return valuesOf(source, field).some((each) => String(each).startsWith(plain(value))) ? boost : undefined
  },
  range: (query, source) => {
    const [field, ends] = only(query)
    const comparable = (value: string | number) => (typeof value === 'string' ? Date.parse(value) : value)
    const isIn = (value: number) =>
      Object.entries<string | number>(ends).every(([end, limit]) => {
        const other = comparable(limit)
        return end === 'gte' ? value >= other : end === 'lte' ? value <= other : end === 'gt' && value > other
      })
    return valuesOf(source, field).some((value) => isIn(comparable(value as number))) ? 1 : undefined
  },
  match: (query, source) => {
    const [field, { query: text, operator = 'or', minimum_should_match: least, ...near }] = only(query)
    const words = wordsIn(text).map(stem)
    const found = words.filter((word) => hasWord(valuesOf(source, field), word, near)).length
    const needed = operator === 'and' ? words.length : least === '-1' ? words.length - 1 : 1
    return found >= needed ? found : undefined
  },
  multi_match: (query, source) => {
    const { query: text, fields, type, operator, ...near } = query
    if (type === 'bool_prefix') return begins(wordsIn(text), source, operator)
    if (type !== 'most_fields') throw new Faulty('parsing_exception')
    const scores = fields.map((weighted: string) => {
      const [field, weight = '1'] = weighted.split('^') as [string, string?]
      const found = wordsIn(text).filter((word) => hasWord(valuesOf(source, field), stem(word), near))
      return found.length * Number(weight)
    })
    const sum = scores.reduce((total: number, score: number) => total + score, 0)
    return sum > 0 ? sum : undefined
  },
  bool: (
    { must = [], filter = [], should = [], must_not: mustNot = [], minimum_should_match: least, boost = 1 },
    source,
  ) => {
    if ([...filter, ...must].some((each: Fields) => scoreOf(each, source) === undefined)) return undefined
    if (mustNot.some((each: Fields) => scoreOf(each, source) !== undefined)) return undefined
    const scores = should.map((each: Fields) => scoreOf(each, source)).filter((score: unknown) => score !== undefined)
    if (scores.length < (least ?? 0)) return undefined
    return [...must.map((each: Fields) => scoreOf(each, source)), ...scores].reduce((a, b) => a + b, 0) * boost
  },
  dis_max: ({ queries }, source) => {
    const scores = queries.map((each: Fields) => scoreOf(each, source)).filter((score: unknown) => score !== undefined)
    return scores.length > 0 ? Math.max(...scores) : undefined
  },
  function_score: ({ query, functions, boost_mode: mode }, source) => {
    const score = scoreOf(query, source)
    if (score === undefined) return undefined
    let by = mode === 'sum' ? 0 : 1
    for (const { filter, field_value_factor: factor, weight = 1 } of functions) {
      if (filter && scoreOf(filter, source) === undefined) continue
      by = weight * (factor ? Math.log10(1 + (source[factor.field] ?? factor.missing)) : 1)
    }
    return mode === 'sum' ? score + by : score * by
  },
}

function begins(words: string[], source: Fields, operator: string): number | undefined {
  const known = valuesOf(source, 'name.begun') as string[]
  const found = words.filter((word, at) =>
    known.some((each) => (at === words.length - 1 ? each.startsWith(word) : each === word)),
  )
  return found.length >= (operator === 'and' ? words.length : 1) ? found.length : undefined
}

function hasWord(values: unknown[], word: string, { fuzziness }: Fields): boolean {
  return values.some((value) => value === word || (fuzziness === 'AUTO' && isNear(String(value), word)))
}

/** As AUTO has it: nothing to two letters, one edit to five, two from there; the first letter is right. */
function isNear(a: string, b: string): boolean {
  return a[0] === b[0] && edits(a, b) <= (b.length < 3 ? 0 : b.length < 6 ? 1 : 2)
}

function edits(a: string, b: string): number {
  let row = [...Array(b.length + 1).keys()]
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}

function aggregate(aggs: Fields, sources: Fields[]): Fields {
  const each = Object.entries<Fields>(aggs).map(([name, { filter, terms, range, aggs: below, ...strange }]) => {
    if (Object.keys(strange).length > 0) throw new Faulty('parsing_exception')
    if (terms) return [name, { buckets: countTerms(terms, sources) }]
    if (range) return [name, { buckets: countRanges(range, sources) }]
    const passing = sources.filter((source) => scoreOf(filter, source) !== undefined)
    return [name, { doc_count: passing.length, ...aggregate(below, passing) }]
  })
  return Object.fromEntries(each)
}

function countTerms({ field, size }: Fields, sources: Fields[]): Fields[] {
  const counts = new Map<number, number>()
  for (const value of sources.flatMap((source) => valuesOf(source, field))) {
    counts.set(Number(value), (counts.get(Number(value)) ?? 0) + 1)
  }
  return [...counts]
    .map(([key, count]) => ({ key, doc_count: count }))
    .toSorted((a, b) => b.doc_count - a.doc_count || a.key - b.key)
    .slice(0, size)
}

function countRanges({ field, ranges }: Fields, sources: Fields[]): Fields[] {
  return ranges.map(({ key, from, to = Infinity }: Fields) => ({
    key,
    from,
    doc_count: sources.filter((source) => source[field] >= from && source[field] < to).length,
  }))
}

/** The nearest word of the index for each that it does not have. */
function correct({ text, words }: Fields, sources: Fields[]): Fields[] {
  if (words.term.suggest_mode !== 'missing' || words.term.field !== 'spelled') throw new Faulty('parsing_exception')
  const known = [
    ...new Set(sources.flatMap((source) => EVERYWHERE.slice(0, 5).flatMap((each) => wordsIn(source[each])))),
  ]
  return wordsIn(text).map((word) => {
    const near = known.includes(word) ? [] : known.filter((each) => isNear(each, word))
    const [best] = near.toSorted((a, b) => edits(a, word) - edits(b, word))
    return { text: word, offset: 0, length: word.length, options: best ? [{ text: best, score: 0.8, freq: 1 }] : [] }
  })
}
