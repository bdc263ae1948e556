import { parseArgs } from 'node:util'
import { type Evaluation, evaluateRecommendations, type Quality } from '#commerce/recommendations'
import type { Config } from '../config.ts'
import { readInteractions } from './interactions-file.ts'
import { openProgressBar } from './progress-bar.ts'
import { withShop } from './with-shop.ts'

const K_MAX = 100

/**
 * Says how good the recommendations are: how often the last thing that somebody did is among the first ten. Of the shop's own
 * interactions, or of those in a file (docs/how-to/recommendations.md).
 */
export async function evaluate(config: Config, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      file: { type: 'string' },
      k: { type: 'string', default: '10' },
      json: { type: 'boolean', default: false },
    },
  })
  const path = values.file ?? positionals[0]
  const k = Number(values.k)
  if (!Number.isInteger(k) || k < 1 || k > K_MAX) throw new Error(`--k is a whole number from 1 to ${K_MAX}`)
  const begun = performance.now()
  const bar = openProgressBar('evaluating')
  const evaluation = await withShop(config, (app) =>
    evaluateRecommendations(app, path === undefined ? undefined : readInteractions(path), k, (step, share) =>
      bar.show(shareOf(step, share), step),
    ),
  ).finally(() => bar.close())
  const seconds = (performance.now() - begun) / 1000
  console.log(values.json ? JSON.stringify({ ...evaluation, k, seconds }) : write(evaluation, k, seconds))
}

/** Of the whole work, by and large. */
const shareOf = (step: string, share: number): number =>
  step === 'reading' ? 0 : step === 'learning' ? 0.3 + share * 0.5 : 0.8 + share * 0.2

function write({ size, asked, popular, itemToItem }: Evaluation, k: number, seconds: number): string {
  const count = (number: number) => number.toLocaleString('en-US')
  const { people, products, interactions } = size
  const known = `${count(people)} people, ${count(products)} products, ${count(interactions)} interactions`
  if (asked === 0) return `${known}: nobody knows two products, so there is nothing to find.`
  const line = (name: string, { hitRate, ndcg }: Quality, note = '') =>
    `${name.padEnd(16)}${`${(100 * hitRate).toFixed(2)} %`.padStart(16)}${ndcg.toFixed(4).padStart(14)}${note.padStart(14)}`
  const times = popular.ndcg > 0 ? `${(itemToItem.ndcg / popular.ndcg).toFixed(2)} times` : ''
  return [
    `${known}.`,
    `The last product of ${count(asked)} people was looked for among the first ${k}, in ${seconds.toFixed(1)} seconds.`,
    '',
    `${''.padEnd(16)}${`hit rate at ${k}`.padStart(16)}${`nDCG at ${k}`.padStart(14)}`,
    line('most popular', popular),
    line('item to item', itemToItem, times),
  ].join('\n')
}
