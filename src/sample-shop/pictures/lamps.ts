/** Lamps and lanterns, in the evening. */
import { darker, ink, lighter } from './colours.ts'
import {
  around,
  circle,
  type Drawing,
  diamond,
  ellipse,
  faded,
  path,
  placed,
  polygon,
  rect,
  star,
  stroke,
  times,
} from './svg.ts'
import { band, diamonds, dots, mouth, paint, row, shades, shadow, turn } from './turned.ts'

type Glass = { metal: string; panes: [string, string, string] }

/** The light around a lamp: three discs, each fainter. */
export const glow = (x: number, y: number, radius: number, colour: string = ink.turmeric): Drawing =>
  [1.7, 1.3, 1]
    .map((share, index) => circle(x, y, radius * share, colour, `opacity="${[0.1, 0.14, 0.2][index]}"`))
    .join('')

/** A globe of coloured glass on a chain, or standing on a foot. */
export function mosaicLamp(kind: 'hanging' | 'standing', { metal, panes }: Glass): Drawing {
  const y = kind === 'hanging' ? 400 : 330
  const globe = turn([
    [52, y - 160, true],
    [120, y - 118],
    [168, y],
    [120, y + 118],
    [56, y + 158],
  ])
  const tiles = times(7, (line) => {
    const at = y - 126 + line * 38
    return row(globe, at, 9, (x, top, squeeze) =>
      line % 2 === 0
        ? diamond(x, top, 25 * squeeze, 22, panes[(line / 2) % 3]!)
        : ellipse(x, top, 14 * squeeze, 13, panes[(line + 1) % 3]!),
    )
  }).join('')
  const cap = paint(
    turn([
      [14, y - 214, true],
      [30, y - 196],
      [58, y - 158],
    ]),
    metal,
  )
  const hung =
    stroke(`M400 0V${y - 210}`, darker(metal, 0.2), 6) +
    times(7, (index) => ellipse(400, 12 + index * 26, 6, 12, metal)).join('') +
    cap +
    paint(
      turn([
        [58, y + 156, true],
        [26, y + 184],
        [8, y + 214],
      ]),
      metal,
    ) +
    circle(400, y + 222, 10, metal) +
    stroke(`M400 ${y + 230}v40`, metal, 4) +
    path(`M390 ${y + 262}h20l6 54h-32Z`, panes[0])
  const stood =
    shadow(400, 652, 112) +
    paint(
      turn([
        [56, y + 154, true],
        [24, y + 190],
        [22, y + 226],
        [40, y + 244],
        [22, y + 262],
        [30, 624],
        [112, 640, true],
        [116, 656],
      ]),
      metal,
      band(
        turn([
          [116, 640],
          [116, 656],
        ]),
        640,
        3,
        lighter(metal),
      ),
    ) +
    cap
  return glow(400, y, 210) + (kind === 'hanging' ? hung : stood) + paint(globe, darker(panes[0], 0.35), tiles)
}

/** A six-sided lantern of pierced metal and glass. */
export function lantern(metal: string, pane: string, candle = true): Drawing {
  const side = (x: number, width: number, shade: number) =>
    rect(x, 300, width, 280, mix2(pane, shade)) +
    stroke(`M${x + width / 2} 300V580`, metal, 5) +
    stroke(`M${x} 440H${x + width}`, metal, 5) +
    diamond(x + width / 2, 440, width * 0.3, 46, metal) +
    diamond(x + width / 2, 440, width * 0.17, 27, lighter(pane, 0.5))
  const frame = [266, 346, 454, 534].map((x) => rect(x - 6, 292, 12, 296, darker(metal, 0.1))).join('')
  return (
    shadow(400, 652, 150) +
    glow(400, 440, 190) +
    stroke('M360 138a40 44 0 1 1 80 0', metal, 11) +
    polygon(
      [
        [400, 128],
        [440, 180],
        [560, 292],
        [240, 292],
        [360, 180],
      ],
      metal,
    ) +
    polygon(
      [
        [400, 128],
        [440, 180],
        [560, 292],
        [454, 292],
        [418, 180],
      ],
      darker(metal, 0.2),
    ) +
    times(5, (index) => star(290 + index * 55, 266, 4, 15, 6, lighter(ink.turmeric, 0.3))).join('') +
    times(3, (index) => circle(352 + index * 48, 222, 8, lighter(ink.turmeric, 0.3))).join('') +
    side(266, 80, 0.12) +
    side(346, 108, 0) +
    side(454, 80, 0.2) +
    (candle
      ? rect(378, 500, 44, 80, ink.chalk, 4) +
        path('M400 440C376 470 380 496 400 498C420 496 424 470 400 440Z', ink.saffron) +
        path('M400 466C390 480 392 494 400 496C408 494 410 480 400 466Z', ink.chalk)
      : '') +
    frame +
    rect(246, 286, 308, 18, lighter(metal, 0.15), 4) +
    path('M236 576H564L584 622H216Z', metal) +
    rect(216, 620, 368, 16, lighter(metal, 0.12), 4) +
    rect(236, 634, 40, 18, darker(metal)) +
    rect(524, 634, 40, 18, darker(metal))
  )
}

const mix2 = (pane: string, shade: number): string => darker(lighter(pane, 0.2), shade)

/** A table lamp: a painted foot and a cloth shade. */
export function tableLamp(foot: string, trim: string, shade: string): Drawing {
  const base = turn([
    [22, 400, true],
    [26, 424],
    [88, 474],
    [112, 540],
    [76, 612],
    [56, 632],
    [84, 654],
  ])
  const cloth = turn([
    [98, 150, true],
    [196, 400, true],
  ])
  const pleats = times(13, (index) =>
    stroke(`M${400 - 96 + index * 16} 140L${400 - 194 + index * 32.3} 440`, darker(shade, 0.14), 3),
  ).join('')
  return (
    shadow(400, 654, 96) +
    glow(400, 330, 220) +
    rect(392, 380, 16, 40, ink.brass) +
    paint(
      base,
      foot,
      band(base, 500, 76, trim) +
        diamonds(base, 538, 9, 22, 30, foot) +
        dots(base, 484, 11, 7, trim) +
        dots(base, 592, 9, 7, trim),
    ) +
    paint(cloth, shade, pleats + band(cloth, 160, 10, trim) + band(cloth, 378, 22, trim)) +
    mouth(cloth, lighter(ink.turmeric, 0.55), lighter(shade, 0.2), 6)
  )
}

/** A star of paper, or of pierced brass, with eight long points. */
export function starLamp(paper: string, light: string): Drawing {
  const point =
    polygon(
      [
        [400, 118],
        [446, 318],
        [400, 400],
        [354, 318],
      ],
      paper,
    ) +
    polygon(
      [
        [400, 118],
        [446, 318],
        [400, 400],
      ],
      darker(paper, 0.18),
    ) +
    times(4, (index) => circle(388, 206 + index * 38, 5 + index * 1.6, light)).join('') +
    times(4, (index) => circle(412, 206 + index * 38, 5 + index * 1.6, lighter(light, 0.2))).join('')
  const small =
    polygon(
      [
        [400, 204],
        [430, 330],
        [400, 400],
        [370, 330],
      ],
      darker(paper, 0.28),
    ) + circle(400, 284, 8, light)
  return (
    stroke('M400 0V130', ink.brass, 4) +
    glow(400, 400, 230) +
    around(400, 400, 8, small, 22.5) +
    around(400, 400, 8, point) +
    circle(400, 400, 34, light) +
    star(400, 400, 8, 26, 12, paper)
  )
}

/** A pendant: a dome of hammered metal, or a woven basket. */
export function pendant(kind: 'dome' | 'basket', colour: string, inside: string): Drawing {
  const dome = turn(
    kind === 'dome'
      ? [
          [26, 236, true],
          [96, 276],
          [176, 360],
          [208, 470, true],
          [212, 486],
        ]
      : [
          [44, 236, true],
          [150, 300],
          [206, 410],
          [196, 500],
          [150, 556],
        ],
  )
  const { dark, light } = shades(colour)
  const pattern =
    kind === 'dome'
      ? [
          [300, 9],
          [344, 11],
          [390, 13],
          [434, 15],
        ]
          .map(([y, count]) =>
            row(dome, y!, count!, (x, at, squeeze) => star(x, at, 4, 13 * squeeze + 2, 5 * squeeze + 1, inside)),
          )
          .join('') + band(dome, 468, 18, light)
      : times(13, (line) =>
          row(dome, 250 + line * 25, 15, (x, y, squeeze) =>
            rect(x - 12 * squeeze, y, 24 * squeeze, 11, line % 2 ? dark : light, 3),
          ),
        ).join('')
  return (
    stroke('M400 0V236', ink.charcoal, 6) +
    glow(400, 470, 220) +
    polygon(
      [
        [260, 480],
        [540, 480],
        [720, 800],
        [80, 800],
      ],
      ink.turmeric,
      'opacity="0.1"',
    ) +
    (kind === 'dome'
      ? ellipse(400, 490, 212, 30, lighter(inside, 0.4)) + circle(400, 496, 32, ink.chalk)
      : circle(400, 470, 44, ink.chalk)) +
    paint(dome, colour, pattern) +
    (kind === 'basket'
      ? ellipse(400, 558, 150, 20, dark) + ellipse(400, 558, 138, 14, lighter(ink.turmeric, 0.4))
      : '') +
    paint(
      turn([
        [16, 214, true],
        [26, 240],
      ]),
      darker(colour, 0.3),
    )
  )
}

/** Three small glasses with a candle in each. */
export function teaLights(colours: [string, string, string], trim: string): Drawing {
  const places = [
    [248, 644, 0.9],
    [552, 644, 0.9],
    [400, 668, 1.1],
  ]
  return colours
    .map((colour, index) => {
      const glass = turn([
        [86, 452, true],
        [92, 500],
        [84, 600],
        [62, 646],
      ])
      const [x, y, size] = places[index]!
      const leaves = row(glass, 566, 7, (at, top, squeeze) =>
        path(
          `M${at} ${top}C${at - 20 * squeeze} ${top - 34} ${at - 12 * squeeze} ${top - 62} ${at} ${top - 76}C${at + 12 * squeeze} ${top - 62} ${at + 20 * squeeze} ${top - 34} ${at} ${top}Z`,
          trim,
        ),
      )
      return placed(
        glow(400, 520, 110) +
          shadow(400, 646, 70) +
          paint(
            glass,
            colour,
            faded(circle(400, 560, 90, ink.turmeric), 0.55) +
              leaves +
              band(glass, 468, 6, trim) +
              band(glass, 596, 6, trim),
          ) +
          mouth(glass, lighter(ink.turmeric, 0.3), lighter(colour, 0.3), 6),
        `translate(${x} ${y}) scale(${size}) translate(-400 -646)`,
      )
    })
    .join('')
}
