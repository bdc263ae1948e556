/** Price weights in a body: a list of objects, or a text (SF-201, SF-208). */
import type { OfferedWeight } from '#commerce/assortment'
import type { FieldCodes, FieldProblem } from '#platform/refusal.ts'
import { readAmount } from '../http/amounts.ts'
import { readWhole, UNITS_MAX } from '../http/numbers.ts'
import { sent } from '../http/wire.ts'

const FIELD = 'price_weights'
const WEIGHTS_MAX = 100
const WEIGHT_LENGTH_MAX = 100

/** Prices in minor units of the currency. All that is wrong goes to `faults`, each with its place: "1.price". */
export function readPriceWeights(told: unknown, currency: string, faults: FieldCodes): OfferedWeight[] | undefined {
  if (told === undefined || FIELD in faults) return undefined
  const elements = typeof told === 'string' ? fromText(told) : told
  const problem = problemOf(elements)
  if (problem) {
    faults[FIELD] = problem
    return undefined
  }
  const problems: FieldProblem[] = []
  const weights = (elements as unknown[]).map((element, index) =>
    readWeight(element, currency, (inner, fault) =>
      problems.push(placed([index, inner].filter(isSaid).join('.'), fault)),
    ),
  )
  if (problems.length === 0 && hasTwins(weights)) problems.push('same_price_and_weight')
  if (problems.length > 0) faults[FIELD] = problems
  return weights
}

/** "2500-100gms,3500-200gms": the first dash separates price and weight (C-24). */
function fromText(text: string): object[] {
  const pairs = text.split(',').map((pair) => pair.trim())
  return pairs.filter(isSaid).map((pair) => {
    const [price = '', ...weight] = pair.split('-')
    return sent({ price, weight: weight.length > 0 ? weight.join('-') : undefined })
  })
}

function problemOf(elements: unknown): FieldProblem | undefined {
  if (elements === null) return 'null'
  if (!Array.isArray(elements)) return 'not_array'
  if (elements.length === 0) return { code: 'minItems', limit: 1 }
  return elements.length > WEIGHTS_MAX ? { code: 'maxItems', limit: WEIGHTS_MAX } : undefined
}

type Note = (inner: string, fault: FieldProblem) => void

/** Nothing comes of it once something was noted. */
function readWeight(element: unknown, currency: string, note: Note): OfferedWeight {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    note('', 'not_object')
    return { priceMinor: 0, weightLabel: '' }
  }
  const { id, price, weight, inventory } = element as Record<string, unknown>
  const number = (field: string, value: unknown, read: (value: string | number) => number | FieldProblem) => {
    const found = isNumeric(value) ? read(value) : value === null ? 'null' : 'not_number'
    if (typeof found !== 'number') note(field, found)
    return typeof found === 'number' ? found : 0
  }
  const optional = (field: string, value: unknown, maximum: number) =>
    value === undefined || value === null ? undefined : number(field, value, (told) => readWhole(told, maximum))
  if (price === undefined) note('price', 'required')
  const faultOfWeight = problemOfWeight(weight)
  if (faultOfWeight) note('weight', faultOfWeight)
  return sent({
    id: optional('id', id, Number.MAX_SAFE_INTEGER),
    priceMinor: price === undefined ? 0 : number('price', price, (told) => readAmount(told, currency)),
    weightLabel: String(weight).trim(),
    inventory: optional('inventory', inventory, UNITS_MAX),
  }) as OfferedWeight
}

function problemOfWeight(weight: unknown): FieldProblem | undefined {
  if (weight === undefined) return 'required'
  if (typeof weight !== 'string') return weight === null ? 'null' : 'not_string'
  if (weight.trim() === '') return 'blank'
  return weight.length > WEIGHT_LENGTH_MAX ? { code: 'maxLength', limit: WEIGHT_LENGTH_MAX } : undefined
}

const placed = (inner: string, fault: FieldProblem): FieldProblem =>
  typeof fault === 'string' ? { code: fault, inner } : { ...fault, inner }

function hasTwins(weights: OfferedWeight[]): boolean {
  const keys = weights.map(({ priceMinor, weightLabel }) => `${priceMinor} ${weightLabel}`)
  return new Set(keys).size < keys.length
}

const isSaid = (part: unknown): boolean => part !== ''
const isNumeric = (value: unknown): value is string | number => ['string', 'number'].includes(typeof value)
