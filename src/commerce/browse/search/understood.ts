/** What a search means: which words a product must have, whatever their form; and the products of that article number. */
export type Understood = {
  /** For `document.words @@`; each word typed is a choice of those that it may mean. Empty where nothing was typed to look for. */
  tsquery: string
  /** Found by the number of an article, whatever their words. */
  productIds: number[]
}

const WORDS_MAX = 10

/** One word of a search, and what it may mean. */
export type Meaning = {
  word: string
  /** Words of products: its other forms, and those that it is a part of. */
  terms: string[]
  brandIds: number[]
  categoryIds: number[]
  /** Words of products that are written nearly like it; looked at where nothing else is found. */
  alike: string[]
}

/** The words of a search as they are compared: lower case, letters and digits only, each once. Beyond ten they are not looked at. */
export function plainWords(plain: string): string[] {
  return [...new Set(plain.split(' ').filter(Boolean))].slice(0, WORDS_MAX)
}

/** All of the words, each in one of its meanings. */
export function toTsquery(meanings: Meaning[]): string {
  return meanings.map((meaning) => `(${alternatives(meaning).join(' | ')})`).join(' & ')
}

/** From this length on, what begins with a word counts as well. */
const PREFIX_MIN = 2

function alternatives({ word, terms, brandIds, categoryIds, alike }: Meaning): string[] {
  const known = [
    ...terms.map(quote),
    ...brandIds.map((id) => quote(`b:${id}`)),
    ...categoryIds.map((id) => quote(`c:${id}`)),
  ]
  const own = [...word].length >= PREFIX_MIN ? `${quote(word)}:*` : quote(word)
  return [own, ...(known.length > 0 ? known : alike.map(quote))]
}

const quote = (lexeme: string) => `'${lexeme.replace(/['\\]/g, '$&$&')}'`
