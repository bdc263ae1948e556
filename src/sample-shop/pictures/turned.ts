/**
 * Things that are round: a vase, a cup, a drum, a lamp. Their right-hand outline is enough; the rest is mirrored,
 * lit from the left, and painted with bands and rows of ornaments that follow the curve.
 */
import { darker, lighter } from './colours.ts'
import { clipped, type Drawing, diamond, ellipse, faded, type Point, path, through, tidy, times } from './svg.ts'

/** Half width and height of the outline, from the top down; `true` makes a sharp corner, otherwise the curve is smooth. */
export type Profile = readonly (readonly [halfWidth: number, y: number, corner?: boolean])[]
type Turned = {
  x: number
  edge: Point[]
  outline: string
  top: number
  bottom: number
  halfWidthAt(y: number): number
}

/** How far the front of a circle that is seen from slightly above sags, for each unit of half width. */
const SAG = 0.14
const STEPS = 10

/** The outline of a round thing around the axis `x`. */
export function turn(profile: Profile, x = 400): Turned {
  const edge = smooth(profile)
  const [topHalf, top] = edge[0]!
  const [bottomHalf, bottom] = edge.at(-1)!
  const left = edge.map(([half, y]): Point => [x - half, y]).reverse()
  const right = edge.map(([half, y]): Point => [x + half, y])
  const outline =
    `${through(right)}Q${tidy(x)} ${tidy(bottom + bottomHalf * SAG * 2)} ${tidy(x - bottomHalf)} ${tidy(bottom)}` +
    `${through(left).replace('M', 'L')}Q${tidy(x)} ${tidy(top - topHalf * SAG * 2)} ${tidy(x + topHalf)} ${tidy(top)}Z`
  return { x, edge, outline, top, bottom, halfWidthAt: (y) => halfWidthAt(edge, y) }
}

/** Paints a round thing: its colour, what is painted on it, shadow on the right and light on the left. */
export function paint(thing: Turned, colour: string, decoration: Drawing = ''): Drawing {
  const { x, edge, outline } = thing
  const side = (share: number) => edge.map(([half, y]): Point => [x + half * share, y])
  const shadow = path(
    `${through(side(0.42))}${through([...side(1.1)].reverse()).replace('M', 'L')}Z`,
    '#1c1420',
    'opacity="0.17"',
  )
  const light = path(
    `${through(side(-0.82))}${through([...side(-0.66)].reverse()).replace('M', 'L')}Z`,
    '#ffffff',
    'opacity="0.28"',
  )
  return path(outline, colour) + clipped(outline, decoration + shadow + light)
}

/** The opening at the top: the inside, and the rim around it. */
export function mouth(thing: Turned, inside: string, rim: string, thickness = 7): Drawing {
  const [half, y] = thing.edge[0]!
  return (
    ellipse(thing.x, y, half, half * SAG, rim) +
    ellipse(thing.x, y + 1, half - thickness, half * SAG - thickness * 0.4, inside)
  )
}

/** A stripe around the thing, from `y` down. */
export function band(thing: Turned, y: number, height: number, colour: string): Drawing {
  const { x } = thing
  const upper = thing.halfWidthAt(y)
  const lower = thing.halfWidthAt(y + height)
  // Wider than the thing: what is too much is cut off along its outline.
  return path(
    `M${tidy(x - 300)} ${tidy(y)}H${tidy(x - upper)}Q${tidy(x)} ${tidy(y + upper * SAG * 2)} ${tidy(x + upper)} ${tidy(y)}H${tidy(x + 300)}` +
      `V${tidy(y + height)}H${tidy(x + lower)}Q${tidy(x)} ${tidy(y + height + lower * SAG * 2)} ${tidy(x - lower)} ${tidy(y + height)}H${tidy(x - 300)}Z`,
    colour,
  )
}

/** Ornaments around the thing at height `y`: narrower towards the sides, as the curve turns away. */
export function row(
  thing: Turned,
  y: number,
  count: number,
  ornament: (x: number, y: number, squeeze: number) => Drawing,
): Drawing {
  const half = thing.halfWidthAt(y)
  return times(count, (index) => {
    const angle = ((index + 0.5) / count - 0.5) * Math.PI * 0.96
    return ornament(thing.x + half * Math.sin(angle), y + half * SAG * Math.cos(angle), Math.cos(angle))
  }).join('')
}

/** Diamonds in a row, the commonest ornament of all. */
export const diamonds = (thing: Turned, y: number, count: number, rx: number, ry: number, colour: string): Drawing =>
  row(thing, y, count, (x, at, squeeze) => diamond(x, at, rx * squeeze, ry, colour))

export const dots = (thing: Turned, y: number, count: number, radius: number, colour: string): Drawing =>
  row(thing, y, count, (x, at, squeeze) => ellipse(x, at, radius * squeeze, radius, colour))

/** Where the thing stands: a soft shadow that falls to the right. */
export function shadow(x: number, y: number, halfWidth: number): Drawing {
  return faded(
    ellipse(x + halfWidth * 0.18, y + halfWidth * 0.06, halfWidth * 1.22, halfWidth * 0.2 + 5, '#1c1420'),
    0.2,
  )
}

/** Colours that go with one: for its shadow side and for its light. */
export const shades = (colour: string) => ({ dark: darker(colour), deep: darker(colour, 0.45), light: lighter(colour) })

/** A Catmull-Rom curve through the points, in short straight steps; corners divide it. */
function smooth(profile: Profile): Point[] {
  const points: Point[] = [[profile[0]![0], profile[0]![1]]]
  for (let index = 0; index < profile.length - 1; index += 1) {
    const from = profile[index]!
    const to = profile[index + 1]!
    const before = from[2] ? from : (profile[index - 1] ?? from)
    const after = to[2] ? to : (profile[index + 2] ?? to)
    for (let step = 1; step <= STEPS; step += 1) {
      const t = step / STEPS
      points.push([
        Math.max(0, spline(before[0], from[0], to[0], after[0], t)),
        spline(before[1], from[1], to[1], after[1], t),
      ])
    }
  }
  return points
}

function spline(before: number, from: number, to: number, after: number, t: number): number {
  return (
    0.5 *
    (2 * from +
      (to - before) * t +
      (2 * before - 5 * from + 4 * to - after) * t * t +
      (3 * from - before - 3 * to + after) * t ** 3)
  )
}

function halfWidthAt(edge: Point[], y: number): number {
  for (let index = 1; index < edge.length; index += 1) {
    const [half, at] = edge[index]!
    const [halfBefore, before] = edge[index - 1]!
    if (at >= y)
      return at === before ? half : halfBefore + ((half - halfBefore) * Math.max(0, y - before)) / (at - before)
  }
  return edge.at(-1)![0]
}
