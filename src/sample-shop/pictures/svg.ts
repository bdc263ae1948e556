/** The few words of SVG that the pictures are drawn with. A drawing is a string of SVG on a canvas of 800 by 800. */
import { createHash } from 'node:crypto'

export type Drawing = string
export type Point = readonly [x: number, y: number]

const attributesOf = (fill: string, more: string) => `fill="${fill}"${more && ` ${more}`}`

export const circle = (x: number, y: number, radius: number, fill: string, more = ''): Drawing =>
  `<circle cx="${tidy(x)}" cy="${tidy(y)}" r="${tidy(radius)}" ${attributesOf(fill, more)}/>`

export const ellipse = (x: number, y: number, rx: number, ry: number, fill: string, more = ''): Drawing =>
  `<ellipse cx="${tidy(x)}" cy="${tidy(y)}" rx="${tidy(rx)}" ry="${tidy(ry)}" ${attributesOf(fill, more)}/>`

export const rect = (
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  radius = 0,
  more = '',
): Drawing =>
  `<rect x="${tidy(x)}" y="${tidy(y)}" width="${tidy(width)}" height="${tidy(height)}" rx="${radius}" ${attributesOf(fill, more)}/>`

export const path = (d: string, fill: string, more = ''): Drawing => `<path d="${d}" ${attributesOf(fill, more)}/>`

export const polygon = (points: Point[], fill: string, more = ''): Drawing => path(`${through(points)}Z`, fill, more)

/** An open line along a path. */
export const stroke = (d: string, colour: string, width: number, more = ''): Drawing =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${tidy(width)}" stroke-linecap="round" stroke-linejoin="round"${more && ` ${more}`}/>`

/** A ring, or the outline of a circle. */
export const ring = (x: number, y: number, radius: number, colour: string, width: number): Drawing =>
  circle(x, y, radius, 'none', `stroke="${colour}" stroke-width="${tidy(width)}"`)

export const placed = (drawing: Drawing, transform: string): Drawing => `<g transform="${transform}">${drawing}</g>`
export const faded = (drawing: Drawing, opacity: number): Drawing => `<g opacity="${opacity}">${drawing}</g>`

/** Shows only what lies within an outline. */
export function clipped(outline: string, drawing: Drawing): Drawing {
  const id = `c${createHash('sha256').update(outline).digest('hex').slice(0, 10)}`
  return `<clipPath id="${id}"><path d="${outline}"/></clipPath><g clip-path="url(#${id})">${drawing}</g>`
}

/** A path through points, in straight lines. */
export const through = (points: Point[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${tidy(x)} ${tidy(y)}`).join('')

export const times = <Result>(count: number, each: (index: number) => Result): Result[] =>
  Array.from({ length: count }, (_, index) => each(index))

/** The same drawing around a centre. */
export const around = (x: number, y: number, count: number, drawing: Drawing, startDegrees = 0): Drawing =>
  times(count, (index) => placed(drawing, `rotate(${tidy(startDegrees + (index * 360) / count)} ${x} ${y})`)).join('')

export const diamond = (x: number, y: number, rx: number, ry: number, fill: string): Drawing =>
  polygon(
    [
      [x, y - ry],
      [x + rx, y],
      [x, y + ry],
      [x - rx, y],
    ],
    fill,
  )

/** A star of `points` tips. */
export function star(
  x: number,
  y: number,
  points: number,
  outer: number,
  inner: number,
  fill: string,
  more = '',
): Drawing {
  const tips = times(points * 2, (index): Point => {
    const radius = index % 2 === 0 ? outer : inner
    const angle = (Math.PI * index) / points - Math.PI / 2
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
  })
  return polygon(tips, fill, more)
}

/** A leaf or petal that stands on (x, y) and points up. */
export const leaf = (x: number, y: number, width: number, length: number, fill: string): Drawing =>
  path(
    `M${tidy(x)} ${tidy(y)}C${tidy(x - width)} ${tidy(y - length * 0.35)} ${tidy(x - width * 0.6)} ${tidy(y - length * 0.8)} ${tidy(x)} ${tidy(y - length)}` +
      `C${tidy(x + width * 0.6)} ${tidy(y - length * 0.8)} ${tidy(x + width)} ${tidy(y - length * 0.35)} ${tidy(x)} ${tidy(y)}Z`,
    fill,
  )

/** Short numbers: a tenth of a pixel is enough for anybody. */
export function tidy(value: number): string {
  return String(Math.round(value * 10) / 10)
}
