/** How papers look: one place for measures (in points, 72 to the inch), colours and fonts. */
import { fileURLToPath } from 'node:url'

export type Pen = PDFKit.PDFDocument

/** A4. */
export const PAGE = { width: 595.28, height: 841.89 }
export const MARGIN = 48
export const WIDTH = PAGE.width - 2 * MARGIN
export const RIGHT = PAGE.width - MARGIN
/** Where the content of a page ends; the foot of the page stands below. */
export const CONTENT_BOTTOM = PAGE.height - 72
export const FOOTER_TOP = PAGE.height - 46

export const INK = '#1c2530'
const GREY = '#66717f'
const RULE = '#d5dbe1'
export const SHADE = '#f3f5f7'
export const ACCENT = '#14655a'

const fontFile = (path: string) => fileURLToPath(import.meta.resolve(path))
const devanagari = (weight: string) =>
  fontFile(`@expo-google-fonts/noto-sans-devanagari/${weight}/NotoSansDevanagari_${weight}.ttf`)
type Font = 'regular' | 'bold'
/** They have ₹, the letters of Europe, and those of Hindi; what they lack is drawn as an empty box. */
export const FONT_FILES = {
  regular: fontFile('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: fontFile('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
  regularDevanagari: devanagari('400Regular'),
  boldDevanagari: devanagari('700Bold'),
} satisfies Record<Font | `${Font}Devanagari`, string>

export type TextStyle = { font: Font; size: number; color: string; lineGap: number; spacing?: number }
export const STYLES = {
  title: { font: 'regular', size: 25, color: ACCENT, lineGap: 0 },
  name: { font: 'bold', size: 15, color: INK, lineGap: 1 },
  body: { font: 'regular', size: 9, color: INK, lineGap: 2 },
  strong: { font: 'bold', size: 9, color: INK, lineGap: 2 },
  quiet: { font: 'regular', size: 8, color: GREY, lineGap: 1.5 },
  label: { font: 'bold', size: 7, color: GREY, lineGap: 1, spacing: 0.5 },
  due: { font: 'bold', size: 12, color: INK, lineGap: 0 },
} satisfies Record<string, TextStyle>

type Box = { x: number; y: number; width: number; align?: 'left' | 'right'; heightMax?: number }

/** Writes a text into a box of this width and returns the height it took. Beyond `heightMax` it ends in an ellipsis. */
export function write(
  pen: Pen,
  style: TextStyle,
  text: string,
  { x, y, width, align = 'left', heightMax }: Box,
): number {
  const height = measure(pen, style, text, width, heightMax)
  pen.fillColor(style.color).text(printable(text), x, y, {
    width,
    align,
    lineGap: style.lineGap,
    characterSpacing: style.spacing ?? 0,
    ...(heightMax === undefined ? {} : { height: heightMax, ellipsis: true }),
  })
  return height
}

/** The height that a text takes when it is written into this width. */
export function measure(pen: Pen, style: TextStyle, text: string, width: number, heightMax = Infinity): number {
  pen.font(fontFor(style, text)).fontSize(style.size)
  const options = { width, lineGap: style.lineGap, characterSpacing: style.spacing ?? 0 }
  return Math.min(heightMax, pen.heightOfString(printable(text) || ' ', options))
}

/** The letters of Hindi are in a font that has those of English too: a text with any of them is written in that. */
const fontFor = ({ font }: TextStyle, text: string): keyof typeof FONT_FILES =>
  /\p{Script=Devanagari}/u.test(text) ? `${font}Devanagari` : font

/** A line across the page, or a part of it. */
export function rule(pen: Pen, y: number, { from = MARGIN, to = RIGHT, color = RULE, width = 0.6 } = {}): void {
  pen.moveTo(from, y).lineTo(to, y).lineWidth(width).strokeColor(color).stroke()
}

/** Names come from people: what no font can draw, as control characters, would shift the line or show as a box. Joiners shape letters of Hindi. */
function printable(text: string): string {
  return text.replaceAll(/[[\p{Cc}\p{Cf}]--[\u200c\u200d]]+/gv, ' ').trim()
}
