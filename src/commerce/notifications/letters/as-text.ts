import type { Bill, LetterContent, Shop } from './letter-content.ts'

/** The letter for people, and programs, that read no HTML. A link stands on a line of its own. */
export function toText(content: LetterContent, shop: Shop): string {
  const parts = [
    content.heading,
    ...content.paragraphs,
    ...(content.action ? [content.action.url] : []),
    ...(content.code ? [content.code] : []),
    ...(content.bill ? [billText(content.bill)] : []),
    ...(content.blocks ?? []).map(({ heading, lines }) => [`${heading}:`, ...lines].map(oneLine).join('\n')),
    ...content.closing,
    // What mail programs know as the beginning of a signature.
    `-- \n${shop.name}\n${shop.url}`,
  ]
  return `${parts.join('\n\n')}\n`
}

function billText({ lines, totals }: Bill): string {
  const bought = lines.map(({ quantity, name, note, amount }) => {
    return `${quantity} x ${oneLine(name)}: ${amount}${note ? `\n    ${oneLine(note)}` : ''}`
  })
  return [...bought, '', ...totals.map(({ label, value }) => `${oneLine(label)}: ${value}`)].join('\n')
}

/** What people have typed cannot begin a new line, and so cannot pass for something that we say. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
