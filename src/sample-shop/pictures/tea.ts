/** Tea, and what it is served in. */
import { darker, ink, lighter } from './colours.ts'
import { steam } from './cookware.ts'
import { type Emblem, emblems } from './emblems.ts'
import { circle, clipped, type Drawing, ellipse, leaf, path, placed, rect, ring, stroke, times } from './svg.ts'
import { band, mouth, paint, row, shadow, turn } from './turned.ts'

/** A tin for tea, its label bearing what is inside. */
export function teaTin(tin: string, label: string, accent: string, emblem: Emblem): Drawing {
  const body = turn([
    [132, 314, true],
    [132, 630],
    [130, 652],
  ])
  const lid = turn([
    [138, 250, true],
    [138, 330, true],
  ])
  return (
    shadow(400, 652, 136) +
    paint(
      body,
      tin,
      band(body, 392, 200, label) +
        band(body, 404, 5, accent) +
        band(body, 580, 5, accent) +
        placed(emblems[emblem](accent), 'translate(400 526)'),
    ) +
    paint(lid, darker(tin, 0.12), band(lid, 312, 5, lighter(tin, 0.4))) +
    ellipse(400, 250, 138, 19, lighter(tin, 0.18)) +
    ellipse(400, 248, 50, 8, darker(tin, 0.1)) +
    looseLeaf()
  )
}

const looseLeaf = (): Drawing =>
  times(12, (index) =>
    placed(
      leaf(0, 0, 11, 27, [ink.moss, ink.olive, ink.walnut][index % 3]!),
      `translate(${566 + ((index * 41) % 128)} ${672 + ((index * 23) % 46)}) rotate(${index * 67})`,
    ),
  ).join('')

/** Tea in a waisted glass on a saucer. */
export function teaGlass(tea: string, saucer: string): Drawing {
  const glass = turn([
    [86, 330, true],
    [78, 370],
    [58, 450],
    [70, 520],
    [86, 580],
    [56, 636],
    [48, 644],
  ])
  return (
    shadow(400, 660, 176) +
    ellipse(400, 660, 178, 32, darker(saucer, 0.25)) +
    ellipse(400, 653, 178, 31, saucer) +
    ellipse(400, 653, 138, 22, 'none', `stroke="${ink.brass}" stroke-width="5"`) +
    ellipse(400, 651, 92, 14, darker(saucer, 0.15)) +
    paint(
      glass,
      lighter(ink.sky, 0.5),
      band(glass, 384, 260, tea) + band(glass, 384, 12, lighter(tea, 0.35)) + band(glass, 346, 7, ink.brass),
    ) +
    mouth(glass, lighter(ink.sky, 0.6), ink.brass, 5) +
    placed(
      ellipse(520, 626, 30, 12, lighter(ink.steel, 0.3)) + rect(540, 620, 96, 9, lighter(ink.steel, 0.2), 4),
      'rotate(-14 520 626)',
    ) +
    rect(252, 612, 40, 30, ink.chalk, 3) +
    rect(252, 634, 40, 9, darker(ink.chalk, 0.15), 2) +
    steam(400, 286)
  )
}

/** A pouch of paper with a window onto what it holds. */
export function pouch(paper: string, label: string, filling: string, emblem: Emblem): Drawing {
  const outline = 'M262 250H538L566 640Q566 656 550 656H250Q234 656 234 640Z'
  const crumbs = times(70, (index) =>
    ellipse(
      270 + ((index * 61) % 262),
      546 + ((index * 29) % 104),
      9,
      6,
      index % 3 ? lighter(filling, 0.16) : darker(filling, 0.25),
      `transform="rotate(${index * 49} ${270 + ((index * 61) % 262)} ${546 + ((index * 29) % 104)})"`,
    ),
  ).join('')
  return (
    shadow(400, 654, 170) +
    clipped(
      outline,
      rect(220, 240, 360, 430, paper) +
        path('M268 556Q400 526 532 556L542 640H258Z', filling) +
        clipped('M268 556Q400 526 532 556L542 640H258Z', crumbs) +
        path('M470 240C500 400 500 540 520 670H600V240Z', '#1c1420', 'opacity="0.14"') +
        path('M272 260L250 640H266L286 260Z', '#ffffff', 'opacity="0.3"'),
    ) +
    rect(256, 208, 288, 52, darker(paper, 0.12), 4) +
    stroke('M262 234H538', darker(paper, 0.3), 3, 'stroke-dasharray="10 8"') +
    circle(400, 410, 92, label) +
    ring(400, 410, 82, lighter(label, 0.5), 3) +
    placed(emblems[emblem](lighter(label, 0.72)), 'translate(400 406) scale(0.88)')
  )
}

/** A pot for tea, round or tall. */
export function teapot(body: string, trim: string, accent: string): Drawing {
  const pot = turn([
    [76, 348, true],
    [110, 366],
    [172, 450],
    [178, 530],
    [128, 628],
    [104, 652],
  ])
  const lid = turn([
    [18, 306, true],
    [52, 320],
    [84, 350, true],
  ])
  return (
    shadow(400, 652, 150) +
    path('M552 560C620 560 640 470 636 404L690 380L668 420C672 520 640 620 548 616Z', darker(body, 0.12)) +
    stroke('M244 430C120 390 120 590 252 574', darker(body, 0.2), 24) +
    paint(
      pot,
      body,
      band(pot, 440, 8, trim) +
        band(pot, 458, 92, trim) +
        row(
          pot,
          518,
          9,
          (x, y, squeeze) => ellipse(x, y - 12, 22 * squeeze, 34, accent) + ellipse(x, y - 12, 10 * squeeze, 17, trim),
        ) +
        band(pot, 560, 8, trim),
    ) +
    paint(lid, body, band(lid, 338, 6, trim)) +
    paint(
      turn([
        [12, 268, true],
        [20, 284],
        [10, 308],
      ]),
      accent,
    )
  )
}
