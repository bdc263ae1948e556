/** Cups, bowls, plates. */
import { darker, ink, lighter } from './colours.ts'
import {
  around,
  circle,
  clipped,
  type Drawing,
  diamond,
  ellipse,
  leaf,
  path,
  placed,
  ring,
  star,
  stroke,
  times,
} from './svg.ts'
import { band, diamonds, dots, mouth, type Profile, paint, row, shadow, turn } from './turned.ts'
import type { Glaze } from './vases.ts'

/** Cups without a handle, one before the other, or mugs with one. */
export function cups(kind: 'beaker' | 'mug' | 'tulip' | 'espresso', glaze: Glaze, count: 1 | 2 | 3 = 2): Drawing {
  const places = {
    1: [[400, 0, 1.25]],
    2: [
      [500, -34, 0.94],
      [318, 6, 1.08],
    ],
    3: [
      [400, -64, 0.8],
      [544, -22, 0.86],
      [282, 6, 0.94],
    ],
  }[count] as [number, number, number][]
  return places
    .map(([x, y, size], index) => {
      const turned = index % 2 === 0 ? glaze : { ...glaze, body: glaze.accent, accent: glaze.body }
      return placed(
        cup(kind, count === 1 ? glaze : turned),
        `translate(${x} ${652 + y}) scale(${size}) translate(-400 -652)`,
      )
    })
    .join('')
}

const cupShapes = {
  beaker: [
    [104, 404, true],
    [106, 440],
    [102, 540],
    [84, 630],
    [78, 652],
  ],
  mug: [
    [110, 398, true],
    [110, 460],
    [108, 580],
    [98, 638],
    [88, 652],
  ],
  tulip: [
    [92, 380, true],
    [78, 440],
    [70, 490],
    [96, 560],
    [88, 620],
    [52, 652],
  ],
  espresso: [
    [92, 470, true],
    [92, 520],
    [80, 600],
    [50, 646],
    [46, 652],
  ],
} as const satisfies Record<string, Profile>

function cup(kind: keyof typeof cupShapes, glaze: Glaze): Drawing {
  const thing = turn(cupShapes[kind])
  const { top, bottom } = thing
  const middle = (top + bottom) / 2
  const decoration = {
    beaker: band(thing, middle + 10, 150, glaze.trim) + band(thing, middle, 8, glaze.accent),
    mug: [0, 1, 2]
      .map((line) => dots(thing, top + 70 + line * 52, 8 + (line % 2), 13, line === 1 ? glaze.accent : glaze.trim))
      .join(''),
    tulip: row(
      thing,
      bottom - 66,
      7,
      (x, y, squeeze) =>
        ellipse(x, y - 4, 17 * squeeze, 34, glaze.trim) + ellipse(x, y - 4, 8 * squeeze, 20, glaze.accent),
    ),
    espresso: band(thing, top + 36, 34, glaze.trim) + diamonds(thing, top + 53, 9, 12, 13, glaze.accent),
  }[kind]
  const handle =
    kind === 'mug' || kind === 'espresso'
      ? ear(thing.halfWidthAt(middle), middle - 10, (bottom - top) * 0.3, glaze.body)
      : ''
  const saucer =
    kind === 'espresso'
      ? ellipse(400, 654, 138, 24, darker(glaze.trim, 0.2)) +
        ellipse(400, 648, 138, 23, glaze.trim) +
        ellipse(400, 648, 84, 13, darker(glaze.trim, 0.16))
      : ''
  const inside = kind === 'espresso' ? darker(ink.walnut, 0.35) : darker(glaze.body, 0.35)
  return (
    shadow(400, 652, kind === 'espresso' ? 136 : 92) +
    saucer +
    handle +
    paint(thing, glaze.body, decoration) +
    mouth(thing, inside, lighter(glaze.body, 0.3))
  )
}

const ear = (half: number, y: number, radius: number, colour: string): Drawing =>
  stroke(
    `M${400 + half - 8} ${y - radius * 0.9}C${400 + half + radius * 1.3} ${y - radius * 1.1} ${400 + half + radius * 1.3} ${y + radius * 1.1} ${400 + half - 12} ${y + radius * 0.9}`,
    darker(colour, 0.14),
    22,
  )

/** Bowls: one, or a stack of three. */
export function bowls(glazes: Glaze[]): Drawing {
  const single = glazes.length === 1
  return (
    shadow(400, 652, 120) +
    glazes
      .map((glaze, index) => placed(bowl(glaze), single ? 'translate(0 0)' : `translate(0 ${-index * 78})`))
      .join('')
  )
}

function bowl(glaze: Glaze): Drawing {
  const thing = turn([
    [216, 448, true],
    [210, 490],
    [170, 570],
    [96, 626, true],
    [80, 630],
    [86, 652],
  ])
  return (
    paint(
      thing,
      glaze.body,
      band(thing, 466, 40, glaze.trim) +
        diamonds(thing, 486, 15, 19, 16, glaze.accent) +
        band(thing, 516, 6, glaze.trim),
    ) +
    mouth(thing, darker(glaze.body, 0.22), lighter(glaze.body, 0.32), 9) +
    innerFlower(glaze)
  )
}

const innerFlower = ({ accent }: Glaze): Drawing =>
  clipped(
    'M193 449A207 26 0 0 1 607 449A207 26 0 0 1 193 449Z',
    ellipse(400, 466, 170, 24, accent, 'opacity="0.85"') + ellipse(400, 470, 90, 13, lighter(accent, 0.5)),
  )

/** A plate, seen from the front as it hangs on a wall. */
export function plate(pattern: 'star' | 'fish' | 'tulips', glaze: Glaze): Drawing {
  const rim =
    around(400, 400, 24, diamond(400, 172, 17, 24, glaze.trim)) +
    around(400, 400, 24, circle(400, 205, 6, glaze.accent), 7.5)
  const inside = {
    star:
      star(400, 400, 8, 164, 112, glaze.trim) +
      star(400, 400, 8, 122, 82, glaze.body) +
      star(400, 400, 8, 96, 44, glaze.accent) +
      circle(400, 400, 26, glaze.body) +
      circle(400, 400, 13, glaze.trim),
    fish: fish(glaze),
    tulips:
      around(400, 400, 6, tulip(glaze), 0) + circle(400, 400, 30, glaze.accent) + circle(400, 400, 14, glaze.body),
  }[pattern]
  return (
    circle(416, 416, 272, '#1c1420', 'opacity="0.18"') +
    circle(400, 400, 270, darker(glaze.body, 0.12)) +
    circle(400, 398, 266, glaze.body) +
    rim +
    ring(400, 400, 184, glaze.trim, 5) +
    circle(400, 400, 176, darker(glaze.body, 0.05)) +
    inside +
    path('M400 134A266 266 0 0 0 160 514A290 290 0 0 1 400 150Z', '#ffffff', 'opacity="0.35"')
  )
}

const tulip = ({ trim, accent }: Glaze): Drawing =>
  stroke('M400 380V300', trim, 5) +
  leaf(400, 320, 34, 88, accent) +
  placed(leaf(400, 322, 20, 80, trim), 'rotate(-22 400 322)') +
  placed(leaf(400, 322, 20, 80, trim), 'rotate(22 400 322)')

function fish({ body, trim, accent }: Glaze): Drawing {
  const one =
    path('M262 400C310 330 420 330 486 400C420 470 310 470 262 400Z', trim) +
    path('M476 400L552 346Q530 400 552 454Z', accent) +
    path('M340 352Q384 304 424 350Z', accent) +
    circle(308, 390, 11, body) +
    circle(308, 390, 5, trim) +
    times(4, (index) =>
      stroke(`M${350 + index * 28} 372Q${364 + index * 28} 400 ${350 + index * 28} 428`, body, 5),
    ).join('')
  const wave = (y: number) => stroke(`M286 ${y}q28 -22 56 0t56 0t56 0t56 0`, accent, 6)
  return one + wave(284) + wave(514)
}
