/** Lamps, in the evening. */
import { darker, ink, lighter } from './colours.ts'
import { circle, type Drawing, diamond, ellipse, path, polygon, rect, star, stroke, times } from './svg.ts'
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
