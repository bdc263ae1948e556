/** Things to write in and with. */
import { darker, ink, lighter } from './colours.ts'
import { circle, clipped, type Drawing, path, placed, polygon, rect, star, stroke, times } from './svg.ts'
import { band, mouth, paint, shadow, turn } from './turned.ts'

/** A book bound in leather, with a strap or a stamped medallion. */
export function notebook(cover: string, stamp: string, kind: 'strap' | 'medallion'): Drawing {
  const pages =
    rect(236, 148, 340, 520, darker(ink.cream, 0.08), 8) +
    times(7, (index) => stroke(`M${560 + index * 3} 156V660`, darker(ink.cream, 0.2), 1.5)).join('')
  const art =
    kind === 'strap'
      ? rect(210, 366, 352, 36, darker(cover, 0.4)) +
        circle(500, 384, 26, stamp) +
        circle(500, 384, 12, darker(stamp, 0.3)) +
        stroke('M500 410C520 480 470 520 508 590', darker(cover, 0.4), 8)
      : placed(
          star(386, 400, 16, 118, 94, stamp) +
            star(386, 400, 16, 100, 78, cover) +
            star(386, 400, 8, 76, 38, stamp) +
            circle(386, 400, 14, cover),
          'translate(0 -80) scale(1 1.2)',
        ) +
        [
          [258, 172, 0],
          [514, 172, 90],
          [514, 628, 180],
          [258, 628, 270],
        ]
          .map(([x, y, turn]) => placed(path('M0 0H70Q28 22 0 70Z', stamp), `translate(${x} ${y}) rotate(${turn})`))
          .join('')
  return placed(
    rect(232, 156, 360, 540, '#1c1420', 14, 'opacity="0.22"') +
      rect(230, 140, 356, 536, darker(cover, 0.35), 12) +
      pages +
      rect(210, 132, 352, 536, cover, 12) +
      rect(210, 132, 34, 536, darker(cover, 0.2), 12) +
      rect(470, 132, 92, 536, '#1c1420', 12, 'opacity="0.08"') +
      stroke('M258 150H546V650H258Z', kind === 'strap' ? darker(cover, 0.2) : stamp, 4) +
      art,
    'rotate(-7 400 400)',
  )
}

/** Sheets of marbled paper, fanned out. */
export function marbledPaper(grounds: [string, string, string], veins: string[]): Drawing {
  const sheet = (ground: string, index: number) => {
    const swirls = times(11, (line) =>
      times(4, (column) => {
        const x = 200 + column * 118 + (line % 2) * 52
        const y = 130 + line * 54
        const colour = veins[(line + column + index) % veins.length]!
        return (
          stroke(`M${x} ${y}c46 -34 92 8 58 40c-26 24 -62 0 -40 -22c14 -14 34 0 22 12`, colour, 9) +
          circle(x + 76, y + 26, 9, veins[(line + column + index + 1) % veins.length]!)
        )
      }).join(''),
    ).join('')
    return (
      rect(226, 140, 372, 548, '#1c1420', 3, 'opacity="0.18"') +
      clipped('M214 126H586V674H214Z', rect(214, 126, 372, 548, ground) + swirls) +
      rect(214, 126, 372, 548, 'none', 2, `stroke="${lighter(ground, 0.4)}" stroke-width="7"`)
    )
  }
  return [
    [-17, 2],
    [13, 1],
    [-3, 0],
  ]
    .map(([turn, index]) => placed(sheet(grounds[index!]!, index!), `rotate(${turn} 400 470)`))
    .join('')
}

/** A glass of ink with its reed pen, and a line of writing. */
export function penAndInk(glass: string, liquid: string): Drawing {
  const pot = turn(
    [
      [44, 430, true],
      [46, 470],
      [112, 520],
      [128, 590],
      [116, 652],
    ],
    300,
  )
  const sheet =
    polygon(
      [
        [360, 330],
        [700, 330],
        [742, 700],
        [330, 700],
      ],
      ink.chalk,
    ) +
    polygon(
      [
        [620, 330],
        [700, 330],
        [742, 700],
        [650, 700],
      ],
      '#1c1420',
      'opacity="0.06"',
    )
  const lines = times(4, (index) =>
    stroke(`M${470 - index * 8} ${420 + index * 66}q30 -40 56 0t56 -6t52 4`, liquid, 9),
  ).join('')
  return (
    sheet +
    lines +
    shadow(300, 652, 128) +
    paint(pot, lighter(glass, 0.4), band(pot, 540, 130, liquid) + band(pot, 500, 10, ink.brass)) +
    mouth(pot, darker(liquid, 0.3), ink.brass, 8) +
    placed(
      rect(-9, -360, 18, 330, ink.oak, 6) +
        rect(0, -360, 9, 330, darker(ink.oak, 0.25), 4) +
        polygon(
          [
            [-9, -34],
            [9, -34],
            [2, 18],
            [-2, 18],
          ],
          ink.walnut,
        ) +
        rect(-12, -110, 24, 12, ink.brass),
      'translate(600 440) rotate(32)',
    )
  )
}
