/** Pots and tools of the kitchen. */
import { darker, ink, lighter } from './colours.ts'
import { circle, clipped, type Drawing, ellipse, path, placed, star, stroke, times } from './svg.ts'
import { band, diamonds, dots, mouth, paint, row, shadow, turn } from './turned.ts'

/** A clay pot with a tall cone for a lid. */
export function tagine(clay: string, glaze: string, ornament: string): Drawing {
  const dish = turn([
    [230, 560, true],
    [228, 588],
    [196, 632],
    [150, 654],
  ])
  const lid = turn([
    [36, 206, true],
    [44, 224],
    [30, 254],
    [44, 300],
    [120, 430],
    [206, 552, true],
  ])
  return (
    shadow(400, 654, 190) +
    paint(dish, clay, band(dish, 574, 8, ornament)) +
    ellipse(400, 558, 230, 30, lighter(clay, 0.2)) +
    ellipse(400, 560, 212, 24, darker(clay, 0.3)) +
    paint(
      lid,
      glaze,
      band(lid, 500, 34, ornament) +
        diamonds(lid, 517, 15, 15, 13, glaze) +
        band(lid, 470, 6, ornament) +
        band(lid, 340, 26, ornament) +
        dots(lid, 353, 9, 8, glaze),
    ) +
    paint(
      turn([
        [22, 186, true],
        [38, 200],
        [36, 222],
      ]),
      ornament,
    )
  )
}

/** A small pot with a long handle, for coffee. */
export function cezve(metal: string, handle: string): Drawing {
  const pot = turn(
    [
      [92, 396, true],
      [86, 430],
      [78, 470],
      [122, 560],
      [126, 620],
      [104, 652],
    ],
    340,
  )
  const studs = row(pot, 600, 13, (x, y, squeeze) => ellipse(x, y, 8 * squeeze, 8, darker(metal, 0.25)))
  const hammered = [500, 524, 548, 572]
    .map((y, line) => row(pot, y, 9 + line, (x, at, squeeze) => ellipse(x, at, 11 * squeeze, 9, lighter(metal, 0.2))))
    .join('')
  return (
    shadow(340, 652, 120) +
    path('M406 408L700 300Q716 296 718 310Q718 322 706 326L416 440Z', handle) +
    path('M412 428L712 316Q712 324 704 327L416 440Z', darker(handle, 0.25)) +
    circle(690, 316, 8, ink.brass) +
    path('M404 396L446 404L450 432L408 446Z', darker(metal, 0.25)) +
    paint(pot, metal, hammered + studs + band(pot, 474, 9, lighter(metal, 0.35))) +
    mouth(pot, darker(ink.walnut, 0.3), lighter(metal, 0.4)) +
    path('M250 400L222 386Q240 420 254 424Z', lighter(metal, 0.3)) +
    steam(340, 330)
  )
}

export const steam = (x: number, y: number): Drawing =>
  [-34, 0, 34]
    .map((shift, index) =>
      stroke(`M${x + shift} ${y}c-26 -34 26 -56 0 -${92 + (index % 2) * 24}`, '#ffffff', 9, 'opacity="0.55"'),
    )
    .join('')

/** A round pan of copper with two handles of brass. */
export function copperPan(metal: string, handle: string): Drawing {
  const pan = turn([
    [232, 450, true],
    [232, 560],
    [218, 630],
    [196, 652],
  ])
  const lid = turn([
    [20, 346, true],
    [110, 372],
    [206, 420],
    [236, 452, true],
  ])
  const grip = (x: number, side: number) => stroke(`M${x} 494c${side * 76} -24 ${side * 76} 74 0 56`, handle, 17)
  return (
    shadow(400, 652, 212) +
    grip(166, -1) +
    grip(634, 1) +
    paint(
      pan,
      metal,
      band(pan, 466, 6, lighter(metal, 0.35)) +
        [540, 570, 600]
          .map((y, line) =>
            row(pan, y, 17 + line, (x, at, squeeze) => ellipse(x, at, 12 * squeeze, 9, lighter(metal, 0.14))),
          )
          .join(''),
    ) +
    paint(lid, lighter(metal, 0.1), band(lid, 428, 6, lighter(metal, 0.4))) +
    paint(
      turn([
        [22, 306, true],
        [32, 322],
        [14, 352],
      ]),
      handle,
    )
  )
}

/** A mortar with its pestle, of stone or olive wood. */
export function mortar(stone: string, pestle: string): Drawing {
  const cup = turn([
    [146, 420, true],
    [150, 450],
    [138, 540],
    [96, 600],
    [84, 622],
    [132, 652],
  ])
  return (
    shadow(400, 652, 140) +
    paint(
      cup,
      stone,
      band(cup, 456, 10, darker(stone, 0.25)) +
        band(cup, 480, 5, darker(stone, 0.25)) +
        times(5, (index) => stroke(`M${300 + index * 48} 500q18 46 -4 92`, darker(stone, 0.13), 5)).join(''),
    ) +
    mouth(cup, darker(stone, 0.45), lighter(stone, 0.25), 12) +
    placed(
      paint(
        turn([
          [24, 190, true],
          [34, 210],
          [22, 250],
          [24, 380],
          [40, 440],
        ]),
        pestle,
      ) + ellipse(400, 190, 24, 9, lighter(pestle, 0.25)),
      'rotate(24 400 470)',
    ) +
    clipped(
      'M262 424A138 19 0 0 0 538 424L538 500H262Z',
      ellipse(400, 424, 146, 20, 'none') + path('M266 426Q400 470 534 426V436Q400 478 266 436Z', lighter(stone, 0.25)),
    )
  )
}

/** A mill for pepper or coffee: a cylinder of brass with a crank. */
export function mill(metal: string, wood: string): Drawing {
  const body = turn([
    [74, 300, true],
    [76, 400],
    [84, 620],
    [90, 652],
  ])
  const top = turn([
    [20, 214, true],
    [58, 244],
    [74, 300],
  ])
  return (
    shadow(400, 652, 92) +
    paint(
      body,
      metal,
      band(body, 318, 10, darker(metal, 0.22)) +
        band(body, 344, 120, darker(metal, 0.1)) +
        [376, 404, 432]
          .map((y, line) =>
            row(body, y, 7 + line, (x, at, squeeze) =>
              star(x, at, 4, 15 * squeeze + 1, 5 * squeeze + 1, lighter(metal, 0.5)),
            ),
          )
          .join('') +
        band(body, 474, 8, darker(metal, 0.22)) +
        band(body, 604, 10, darker(metal, 0.22)),
    ) +
    paint(top, lighter(metal, 0.12)) +
    stroke('M400 214V180L548 158', darker(metal, 0.25), 15) +
    paint(
      turn(
        [
          [18, 96, true],
          [26, 114],
          [14, 152],
        ],
        552,
      ),
      wood,
    ) +
    circle(400, 188, 14, metal)
  )
}
