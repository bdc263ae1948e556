/** Cushions, throws, towels, table linen: woven things, leaning, folded or hanging. */
import { darker, ink, lighter } from './colours.ts'
import type { Yarns } from './rugs.ts'
import {
  around,
  circle,
  clipped,
  type Drawing,
  leaf,
  type Point,
  path,
  placed,
  polygon,
  rect,
  star,
  stroke,
  times,
} from './svg.ts'

/** A cushion leaning against the wall. */
export function cushion(pattern: keyof typeof cushionPatterns, yarns: Yarns): Drawing {
  const outline =
    'M196 222C280 246 520 246 604 222C582 310 582 540 610 646C520 626 280 626 190 646C218 540 218 310 196 222Z'
  return (
    path('M200 640Q400 690 640 650L640 664Q400 700 190 660Z', '#1c1420', 'opacity="0.2"') +
    placed(tassel(yarns.accent), 'translate(200 224) rotate(135)') +
    placed(tassel(yarns.accent), 'translate(600 224) rotate(225)') +
    placed(tassel(yarns.accent), 'translate(194 642) rotate(45)') +
    placed(tassel(yarns.accent), 'translate(606 642) rotate(-45)') +
    clipped(
      outline,
      rect(170, 200, 460, 470, yarns.field) +
        cushionPatterns[pattern](yarns) +
        path('M520 200C500 360 500 520 540 670H640V200Z', '#1c1420', 'opacity="0.13"') +
        path('M216 240C236 360 236 500 212 630L230 626C250 500 250 360 232 244Z', '#ffffff', 'opacity="0.25"'),
    )
  )
}

const tassel = (colour: string): Drawing =>
  circle(0, 0, 9, colour) +
  path('M-9 4L-16 48H16L9 4Z', colour) +
  times(3, (index) => stroke(`M${-7 + index * 7} 20V46`, darker(colour, 0.2), 2)).join('')

const cushionPatterns = {
  ikat: ({ border, light, accent }: Yarns): Drawing => {
    const colours = [border, light, accent]
    return times(9, (index) =>
      ikat(256 + (index % 3) * 144, 290 + Math.floor(index / 3) * 144, colours, index % 2),
    ).join('')
  },
  suzani: ({ border, light, accent }: Yarns): Drawing => {
    const corner = around(0, 0, 8, leaf(0, -10, 12, 36, accent)) + circle(0, 0, 11, border)
    return (
      around(400, 434, 16, path('M400 330C372 300 372 272 400 250C428 272 428 300 400 330Z', border)) +
      around(400, 434, 12, path('M400 392C382 370 382 346 400 330C418 346 418 370 400 392Z', accent)) +
      circle(400, 434, 54, border) +
      circle(400, 434, 36, light) +
      star(400, 434, 8, 32, 14, accent) +
      ['236 276', '564 276', '236 596', '564 596'].map((corners) => placed(corner, `translate(${corners})`)).join('')
    )
  },
}

/** Diamonds within one another, their edges feathered as on threads that were dyed before weaving. */
const ikat = (x: number, y: number, colours: string[], first: number): Drawing =>
  [66, 45, 24].map((size, index) => polygon(feathered(x, y, size), colours[(index + first) % colours.length]!)).join('')

function feathered(x: number, y: number, size: number): Point[] {
  const corners: Point[] = [
    [x, y - size],
    [x + size, y],
    [x, y + size],
    [x - size, y],
  ]
  return corners.flatMap(([fromX, fromY], corner) => {
    const [toX, toY] = corners[(corner + 1) % 4]!
    return times(8, (step): Point => {
      const share = step / 8
      const outwards = step % 2 === 1 ? 1 + 9 / size : 1
      return [x + (fromX + (toX - fromX) * share - x) * outwards, y + (fromY + (toY - fromY) * share - y)]
    })
  })
}

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
