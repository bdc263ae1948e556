import type { Words } from '../texts/words.ts'
import { escapeHtml } from './escape-html.ts'
import type { Bill, LetterContent, Shop } from './letter-content.ts'

const INK = '#1c2530'
const GREY = '#5b6673'
const RULE = '#dde2e7'
const ACCENT = '#14655a'
const FONT = 'font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif'

/**
 * The letter in HTML as mail programs understand it: tables, styles in place, no pictures, nothing loaded from elsewhere.
 * Colours are given for ground and ink alike, so that a dark mode turns both or neither.
 */
export function toHtml(words: Words, content: LetterContent, shop: Shop): string {
  return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(content.subject)}</title>
</head>
<body style="margin:0;padding:0;background:#f3f5f7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f3f5f7">
<tr><td align="center" style="padding:28px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff">
<tr><td height="5" style="height:5px;line-height:5px;font-size:1px;background:${ACCENT}">&nbsp;</td></tr>
<tr><td style="padding:24px 32px 4px;${FONT};font-size:17px;font-weight:700;color:${INK}">${escapeHtml(shop.name)}</td></tr>
<tr><td style="padding:12px 32px 28px;${FONT};font-size:15px;line-height:1.55;color:${INK}">
<h1 style="margin:0 0 14px;font-size:22px;line-height:1.3;font-weight:600;color:${INK}">${escapeHtml(content.heading)}</h1>
${body(words, content)}
</td></tr>
</table>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px">
<tr><td style="padding:14px 32px;${FONT};font-size:12px;line-height:1.5;color:${GREY}">${escapeHtml(shop.name)} &middot;
<a href="${escapeHtml(shop.url)}" style="color:${GREY}">${escapeHtml(shop.url)}</a></td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`
}

function body(words: Words, { paragraphs, action, code, bill, blocks = [], closing }: LetterContent): string {
  return [
    ...paragraphs.map((text) => paragraph(text)),
    ...(action ? [button(words, action)] : []),
    ...(code ? [paragraph(code, 'font-size:28px;font-weight:700;letter-spacing:6px')] : []),
    ...(bill ? [billTable(bill)] : []),
    ...blocks.map(block),
    ...closing.map((text) => paragraph(text, `font-size:13px;color:${GREY}`)),
  ].join('\n')
}

const paragraph = (text: string, style = '') => `<p style="margin:0 0 14px;${style}">${escapeHtml(text)}</p>`

/** The address stands below the button too: who does not trust buttons reads where it leads. */
function button({ frame }: Words, { label, url }: { label: string; url: string }): string {
  const href = escapeHtml(url)
  return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:6px 0 18px">
<tr><td style="background:${ACCENT};border-radius:4px">
<a href="${href}"
style="display:inline-block;padding:11px 22px;font-weight:600;color:#ffffff;text-decoration:none">${escapeHtml(label)}</a>
</td></tr></table>
<p style="margin:0 0 14px;font-size:13px;color:${GREY}">${escapeHtml(frame.ifNoButton)}<br>
<a href="${href}" style="color:${ACCENT};word-break:break-all">
${href}
</a></p>`
}

const AMOUNT = 'text-align:right;vertical-align:top;white-space:nowrap'

function billTable({ lines, totals }: Bill): string {
  const bought = lines.map(({ quantity, name, note, amount }) => {
    const small = note ? `<br><span style="font-size:13px;color:${GREY}">${escapeHtml(note)}</span>` : ''
    return `<tr><td style="padding:9px 0;border-bottom:1px solid ${RULE}">${quantity} &times; ${escapeHtml(name)}${small}</td>
<td style="padding:9px 0 9px 16px;border-bottom:1px solid ${RULE};${AMOUNT}">${escapeHtml(amount)}</td></tr>`
  })
  const sums = totals.map(({ label, value, due }) => {
    const look = due ? 'padding:9px 0 0;font-size:17px;font-weight:700' : 'padding:5px 0 0'
    return `<tr><td style="${look}">${escapeHtml(label)}</td>
<td style="${look};${AMOUNT}">${escapeHtml(value)}</td></tr>`
  })
  return `<table width="100%" cellpadding="0" cellspacing="0" style="margin:4px 0 22px;font-size:15px;line-height:1.45;color:${INK}">
${[...bought, ...sums].join('\n')}
</table>`
}

function block({ heading, lines }: { heading: string; lines: string[] }): string {
  return `<p style="margin:0 0 18px"><span style="font-size:13px;font-weight:600;color:${GREY}">${escapeHtml(heading)}</span><br>
${lines.map(escapeHtml).join('<br>\n')}</p>`
}
