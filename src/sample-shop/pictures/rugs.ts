/** Rugs on a wall. */
import { lighter } from './colours.ts'
import { circle, clipped, type Drawing, diamond, path, placed, polygon, rect, star, stroke, times } from './svg.ts'

export type Yarns = { field: string; border: string; light: string; accent: string }

/** A rug on the wall, its fringes above and below. */
export function rug(pattern: 'medallion' | 'kilim' | 'berber' | 'runner', yarns: Yarns): Drawing {
  const [x, width] = pattern === 'runner' ? [262, 276] : [166, 468]
  const y = 96
  const height = 608
  const fringe = (at: number) =>
    times(Math.floor(width / 12), (index) =>
      stroke(`M${x + 6 + index * 12} ${at}v22`, lighter(yarns.light, 0.1), 4),
    ).join('')
  const outline = `M${x} ${y}h${width}v${height}h${-width}Z`
  return (
    rect(x + 12, y + 10, width, height + 16, '#1c1420', 4, 'opacity="0.2"') +
    fringe(y - 22) +
    fringe(y + height) +
    clipped(outline, rect(x, y, width, height, yarns.field) + rugPatterns[pattern](yarns) + weave(x, y, width, height))
  )
}

/** The fine shadow lines of the weft. */
const weave = (x: number, y: number, width: number, height: number): Drawing =>
  times(Math.floor(height / 8), (index) => rect(x, y + index * 8, width, 2, '#1c1420', 0, 'opacity="0.05"')).join('')

const rugPatterns = {
  medallion: ({ field, border, light, accent }: Yarns): Drawing =>
    rect(166, 96, 468, 608, border) +
    rect(186, 116, 428, 568, light) +
    rect(194, 124, 412, 552, border) +
    times(
      11,
      (index) => diamond(214 + index * 37.2, 144, 13, 13, light) + diamond(214 + index * 37.2, 656, 13, 13, light),
    ).join('') +
    times(
      13,
      (index) => diamond(214, 182 + index * 36.4, 13, 13, light) + diamond(586, 182 + index * 36.4, 13, 13, light),
    ).join('') +
    rect(234, 164, 332, 472, light) +
    rect(242, 172, 316, 456, field) +
    [
      [242, 172, 1, 1],
      [558, 172, -1, 1],
      [242, 628, 1, -1],
      [558, 628, -1, -1],
    ]
      .map(([x, y, sx, sy]) =>
        placed(
          path('M0 0H118C112 56 66 92 0 128Z', accent) +
            path('M0 0H82C78 38 46 64 0 90Z', light) +
            path('M0 0H52C50 24 28 42 0 58Z', border),
          `translate(${x} ${y}) scale(${sx} ${sy})`,
        ),
      )
      .join('') +
    polygon(
      [
        [400, 212],
        [444, 286],
        [506, 340],
        [506, 460],
        [444, 514],
        [400, 588],
        [356, 514],
        [294, 460],
        [294, 340],
        [356, 286],
      ],
      light,
    ) +
    polygon(
      [
        [400, 236],
        [436, 296],
        [492, 346],
        [492, 454],
        [436, 504],
        [400, 564],
        [364, 504],
        [308, 454],
        [308, 346],
        [364, 296],
      ],
      accent,
    ) +
    star(400, 400, 8, 92, 62, light) +
    star(400, 400, 8, 74, 48, border) +
    star(400, 400, 8, 46, 22, light) +
    circle(400, 400, 11, accent),
  kilim: ({ field, border, light, accent }: Yarns): Drawing => {
    const colours = [border, accent, light]
    const rhomb = (x: number, y: number, index: number) =>
      diamond(x, y, 78, 76, colours[index % 3]!) +
      diamond(x, y, 56, 55, field) +
      diamond(x, y, 38, 37, colours[(index + 1) % 3]!) +
      diamond(x, y, 15, 15, light)
    const grid = times(5, (line) =>
      times(4, (column) => rhomb(166 + column * 156, 164 + line * 152 - 35, line + column)).join(''),
    ).join('')
    const between = times(4, (line) =>
      times(3, (column) => star(244 + column * 156, 205 + line * 152, 4, 34, 12, light)).join(''),
    ).join('')
    const edge = (x: number) =>
      rect(x, 96, 34, 608, border) +
      times(16, (index) =>
        polygon(
          [
            [x, 96 + index * 38],
            [x + 34, 115 + index * 38],
            [x, 134 + index * 38],
          ],
          light,
        ),
      ).join('')
    return grid + between + edge(166) + placed(edge(166), 'translate(800 0) scale(-1 1)')
  },
  berber: ({ accent, border }: Yarns): Drawing => {
    const zigzag = (x: number, side: number) =>
      `M${x} 60${times(9, (index) => `L${x + (index % 2 === 0 ? side : 0)} ${140 + index * 80}`).join('')}`
    const lozenges = times(
      4,
      (column) =>
        stroke(zigzag(166 + column * 156, 78), border, 9) + stroke(zigzag(166 + column * 156, -78), border, 9),
    ).join('')
    const marks = times(4, (line) =>
      times(3, (column) =>
        diamond(244 + column * 156, 140 + line * 160, 15, 17, (line + column) % 3 === 0 ? accent : border),
      ).join(''),
    ).join('')
    return (
      lozenges +
      marks +
      times(3, (line) =>
        times(4, (column) => stroke(`M${152 + column * 156} ${220 + line * 160}h28m-14 -14v28`, accent, 7)).join(''),
      ).join('')
    )
  },
  runner: ({ field, border, light, accent }: Yarns): Drawing => {
    const stripes = [border, light, accent, light, border, field, light, field]
    const ground = times(24, (index) => rect(262, 96 + index * 26, 276, 26, stripes[index % 8]!)).join('')
    return (
      ground +
      times(3, (index) =>
        times(
          6,
          (column) =>
            diamond(285 + column * 46, 265 + index * 208 - 26, 17, 22, accent) +
            diamond(285 + column * 46, 265 + index * 208 - 26, 8, 11, light),
        ).join(''),
      ).join('')
    )
  },
}
