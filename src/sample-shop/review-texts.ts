/** What sample customers say, by department and by how content they are. */
import type { Department } from './products/index.ts'
import { bazaarTexts } from './review-texts-bazaar.ts'
import { houseTexts } from './review-texts-house.ts'

export type Mood = 'delighted' | 'content' | 'undecided' | 'disappointed'
/** `about`: the beginnings of the skus that it can be said of, separated by blanks; without it, of everything there. */
type Text = readonly [title: string, comment: string, about?: string]
export type Texts = Record<Mood, Text[]>

/** What can be said about this product in this mood: its own texts first, then what fits anything. */
export function textsFor(product: { sku: string; department: Department }, mood: Mood): { own: Text[]; any: Text[] } {
  const fits = ([, , about]: Text) => !about || about.split(' ').some((start) => product.sku.startsWith(start))
  return { own: reviewTexts[product.department][mood].filter(fits), any: generalTexts[mood] }
}

const generalTexts: Texts = {
  delighted: [
    ['Exactly as described', 'Arrived a day early, and it is exactly what the page says.'],
    ['Would buy again', 'No doubt about it. I am already thinking of who else would like one.'],
    ['Better than the picture', 'The picture is nice. The thing itself is nicer.'],
    ['A small joy', 'Something to be glad about, and not only on the first day.'],
    ['Made with care', 'One can see that somebody took their time.'],
  ],
  content: [
    ['Good value', 'Not cheap, not dear, well made.'],
    ['As expected', 'No surprises, neither good nor bad ones.'],
    ['Nice, with a small flaw', 'A tiny mark on one side that nobody but me will ever find.'],
    ['Pleased', 'Delivery took a day longer than announced. Otherwise all is well.'],
  ],
  undecided: [
    ['All right', 'It does what it should. I had imagined it a little finer.'],
    ['Good, but badly packed', 'The box was squashed; luckily what was inside was not.'],
    ['Not sure yet', 'I will write again when I have had it for a while.'],
  ],
  disappointed: [
    ['Expected more', 'For the price I had expected more care.'],
    ['Came late', 'Two weeks later than promised. The thing itself is all right.'],
    ['Not for me', 'I sent it back; that was easy, at least.'],
  ],
}

const reviewTexts: Record<Department, Texts> = { ...houseTexts, ...bazaarTexts }
