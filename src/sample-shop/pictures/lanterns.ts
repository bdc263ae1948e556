/** Lanterns, candles, paper stars. */
import { darker, ink, lighter } from './colours.ts'
import { glow } from './lamps.ts'
import {
  around,
  circle,
  type Drawing,
  diamond,
  faded,
  path,
  placed,
  polygon,
  rect,
  star,
  stroke,
  times,
} from './svg.ts'
import { band, mouth, paint, row, shadow, turn } from './turned.ts'

/** A six-sided lantern of pierced metal and glass. */
export function lantern(metal: string, pane: string): Drawing {
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
    rect(378, 500, 44, 80, ink.chalk, 4) +
    path('M400 440C376 470 380 496 400 498C420 496 424 470 400 440Z', ink.saffron) +
    path('M400 466C390 480 392 494 400 496C408 494 410 480 400 466Z', ink.chalk) +
    frame +
    rect(246, 286, 308, 18, lighter(metal, 0.15), 4) +
    path('M236 576H564L584 622H216Z', metal) +
    rect(216, 620, 368, 16, lighter(metal, 0.12), 4) +
    rect(236, 634, 40, 18, darker(metal)) +
    rect(524, 634, 40, 18, darker(metal))
  )
}

const mix2 = (pane: string, shade: number): string => darker(lighter(pane, 0.2), shade)

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
