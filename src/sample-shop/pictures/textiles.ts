/** Rugs, cushions, throws, towels, table linen: woven things, flat or folded. */
import { darker, ink, lighter } from './colours.ts'
import {
  around,
  circle,
  clipped,
  type Drawing,
  diamond,
  path,
  placed,
  polygon,
  rect,
  star,
  stroke,
  times,
} from './svg.ts'

type Yarns = { field: string; border: string; light: string; accent: string }

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

/** A cushion leaning against the wall. */
export function cushion(pattern: 'ikat' | 'suzani' | 'stripes', { field, border, light, accent }: Yarns): Drawing {
  const outline =
    'M196 222C280 246 520 246 604 222C582 310 582 540 610 646C520 626 280 626 190 646C218 540 218 310 196 222Z'
  const inside = {
    ikat: times(3, (column) =>
      times(3, (line) => ikat(256 + column * 144, 290 + line * 144, [border, light, accent], (column + line) % 2)).join(
        '',
      ),
    ).join(''),
    suzani:
      around(400, 434, 16, path('M400 330C372 300 372 272 400 250C428 272 428 300 400 330Z', border)) +
      around(400, 434, 12, path('M400 392C382 370 382 346 400 330C418 346 418 370 400 392Z', accent)) +
      circle(400, 434, 54, border) +
      circle(400, 434, 36, light) +
      star(400, 434, 8, 32, 14, accent) +
      [
        [236, 276],
        [564, 276],
        [236, 596],
        [564, 596],
      ]
        .map(
          ([x, y]) =>
            around(
              x!,
              y!,
              8,
              path(
                `M${x} ${y! - 10}C${x! - 12} ${y! - 24} ${x! - 8} ${y! - 40} ${x} ${y! - 46}C${x! + 8} ${y! - 40} ${x! + 12} ${y! - 24} ${x} ${y! - 10}Z`,
                accent,
              ),
            ) + circle(x!, y!, 11, border),
        )
        .join(''),
    stripes:
      times(
        9,
        (index) => rect(170, 236 + index * 46, 460, 14, border) + rect(170, 260 + index * 46, 460, 5, accent),
      ).join('') +
      rect(340, 200, 120, 470, light) +
      times(8, (index) => diamond(400, 256 + index * 52, 34, 24, index % 2 ? accent : border)).join(''),
  }[pattern]
  const tassels = [
    [200, 224, 135],
    [600, 224, 225],
    [194, 642, 45],
    [606, 642, -45],
  ]
    .map(([x, y, turn]) =>
      placed(
        circle(0, 0, 9, accent) +
          path('M-9 4L-16 48H16L9 4Z', accent) +
          times(3, (i) => stroke(`M${-7 + i * 7} 20V46`, darker(accent, 0.2), 2)).join(''),
        `translate(${x} ${y}) rotate(${turn})`,
      ),
    )
    .join('')
  return (
    path('M200 640Q400 690 640 650L640 664Q400 700 190 660Z', '#1c1420', 'opacity="0.2"') +
    tassels +
    clipped(
      outline,
      rect(170, 200, 460, 470, field) +
        inside +
        path('M520 200C500 360 500 520 540 670H640V200Z', '#1c1420', 'opacity="0.13"') +
        path('M216 240C236 360 236 500 212 630L230 626C250 500 250 360 232 244Z', '#ffffff', 'opacity="0.25"'),
    )
  )
}

const ikat = (x: number, y: number, [first, second, third]: string[], odd: number): Drawing =>
  times(3, (index) => {
    const size = 66 - index * 21
    const d = `M${x} ${y - size}l${size * 0.3} ${size * 0.3}l-4 5l${size * 0.4} ${size * 0.3}l-4 6l${size * 0.3} ${size * 0.4}L${x} ${y + size}L${x - size} ${y}l${size * 0.3} ${-size * 0.3}l-4 -5l${size * 0.3} ${-size * 0.3}Z`
    return path(d, [first!, second!, third!][(index + odd) % 3]!)
  }).join('')

/** Folded cloths in a pile, the fringes at the side. */
export function foldedPile(cloths: Yarns[], fringed: boolean): Drawing {
  const height = 92
  const pile = cloths.map(({ field, border, light }, index) => {
    const y = 652 - (index + 1) * height
    const shift = [0, 14, -8, 6][index % 4]!
    const outline = `M${196 + shift} ${y + 8}Q${186 + shift} ${y + height / 2} ${200 + shift} ${y + height}H${590 + shift}Q${628 + shift} ${y + height} ${628 + shift} ${y + height / 2}Q${628 + shift} ${y + 4} ${590 + shift} ${y + 4}H${210 + shift}Z`
    const stripes =
      rect(290 + shift, y, 22, height, border) +
      rect(322 + shift, y, 8, height, light) +
      rect(470 + shift, y, 22, height, border) +
      rect(502 + shift, y, 8, height, light)
    const folds =
      stroke(`M${206 + shift} ${y + height / 2}H${590 + shift}`, darker(field, 0.25), 4) +
      stroke(`M${204 + shift} ${y + height * 0.76}H${560 + shift}`, darker(field, 0.16), 3)
    const fringe = fringed
      ? times(9, (line) =>
          stroke(`M${204 + shift} ${y + 16 + line * 8.5}q-18 2 -34 ${line % 2 ? 7 : -3}`, lighter(field, 0.3), 3.5),
        ).join('')
      : ''
    return (
      fringe +
      clipped(
        outline,
        rect(150, y - 4, 520, height + 10, field) +
          stripes +
          folds +
          rect(540 + shift, y - 4, 120, height + 10, '#1c1420', 0, 'opacity="0.12"') +
          rect(180, y + 4, 470, 7, '#ffffff', 0, 'opacity="0.25"'),
      )
    )
  })
  return path('M180 650H650Q680 668 640 676H200Q160 670 180 650Z', '#1c1420', 'opacity="0.22"') + pile.join('')
}

/** A towel or a cloth that hangs over a rail. */
export function hanging(pattern: 'stripes' | 'block', { field, border, light, accent }: Yarns): Drawing {
  const outline = 'M222 150H578V640Q400 652 222 640Z'
  const inside = {
    stripes: times(9, (index) =>
      rect(222, 196 + index * 52, 356, index % 3 === 1 ? 26 : 12, index % 3 === 1 ? border : accent),
    ).join(''),
    block:
      times(4, (column) =>
        times(5, (line) => {
          const x = 266 + column * 90
          const y = 214 + line * 92
          return (
            around(
              x,
              y,
              8,
              path(
                `M${x} ${y - 6}C${x - 11} ${y - 16} ${x - 7} ${y - 28} ${x} ${y - 33}C${x + 7} ${y - 28} ${x + 11} ${y - 16} ${x} ${y - 6}Z`,
                (column + line) % 2 ? border : accent,
              ),
            ) + circle(x, y, 6, light)
          )
        }).join(''),
      ).join('') +
      rect(222, 590, 356, 10, border) +
      rect(222, 608, 356, 22, accent),
  }[pattern]
  const fringe = times(29, (index) =>
    stroke(`M${228 + index * 12.3} ${638 + Math.sin(index / 9) * 5}v30`, lighter(field, 0.15), 4),
  ).join('')
  return (
    rect(240, 170, 356, 494, '#1c1420', 6, 'opacity="0.16"') +
    rect(150, 138, 500, 18, ink.walnut, 9) +
    circle(150, 147, 15, ink.brass) +
    circle(650, 147, 15, ink.brass) +
    fringe +
    clipped(
      outline,
      rect(222, 140, 356, 520, field) +
        inside +
        times(4, (index) =>
          path(
            `M${262 + index * 96} 150Q${272 + index * 96} 400 ${258 + index * 96} 650H${282 + index * 96}Q${292 + index * 96} 400 ${286 + index * 96} 150Z`,
            '#1c1420',
            'opacity="0.07"',
          ),
        ).join(''),
    ) +
    path('M222 140H578Q584 140 584 148V162H216V148Q216 140 222 140Z', darker(field, 0.1))
  )
}
