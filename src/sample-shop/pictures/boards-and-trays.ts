/** What lies flat in a kitchen. */
import { darker, ink, lighter } from './colours.ts'
import {
  circle,
  clipped,
  type Drawing,
  ellipse,
  path,
  placed,
  polygon,
  rect,
  ring,
  star,
  stroke,
  times,
} from './svg.ts'

/** A board of olive wood with bread, a knife, or nothing on it. */
export function board(wood: string): Drawing {
  const outline =
    'M300 214Q300 196 320 196H370Q360 150 362 120Q364 84 400 84Q436 84 438 120Q440 150 430 196H480Q500 196 500 214V640Q500 660 480 660H320Q300 660 300 640Z'
  const grain = times(7, (index) =>
    stroke(
      `M${286 + index * 36} 180C${330 + index * 30} 320 ${250 + index * 44} 440 ${310 + index * 30} 680`,
      darker(wood, index % 2 ? 0.2 : 0.32),
      index % 3 ? 4 : 7,
    ),
  ).join('')
  return (
    placed(
      path(outline, '#1c1420', 'opacity="0.2" transform="translate(16 14)"') +
        clipped(
          outline,
          rect(280, 60, 240, 620, wood) +
            grain +
            ellipse(356, 430, 26, 44, darker(wood, 0.28)) +
            ellipse(356, 430, 13, 26, darker(wood, 0.42)) +
            rect(280, 60, 40, 620, '#ffffff', 0, 'opacity="0.12"'),
        ) +
        circle(400, 122, 15, ink.charcoal, 'opacity="0.6"'),
      'rotate(14 400 400)',
    ) +
    placed(
      polygon(
        [
          [640, 170],
          [668, 190],
          [668, 470],
          [632, 470],
          [632, 190],
        ],
        lighter(ink.steel, 0.35),
      ) +
        polygon(
          [
            [650, 178],
            [668, 190],
            [668, 470],
            [650, 470],
          ],
          ink.steel,
        ) +
        rect(628, 462, 44, 14, ink.brass) +
        rect(632, 474, 36, 170, ink.walnut, 12) +
        [510, 560, 610].map((y) => circle(650, y, 5, ink.brass)).join(''),
      'rotate(14 400 400)',
    )
  )
}

/** A round tray with an engraved pattern, seen from above. */
export function tray(metal: string): Drawing {
  const { dark, light } = { dark: darker(metal, 0.3), light: lighter(metal, 0.4) }
  return (
    circle(416, 414, 280, '#1c1420', 'opacity="0.2"') +
    circle(400, 400, 280, dark) +
    circle(400, 398, 274, metal) +
    ring(400, 400, 244, dark, 4) +
    times(32, (index) =>
      placed(
        path('M400 176C388 160 388 146 400 132C412 146 412 160 400 176Z', light),
        `rotate(${index * 11.25} 400 400)`,
      ),
    ).join('') +
    ring(400, 400, 214, dark, 3) +
    star(400, 400, 12, 200, 150, dark) +
    star(400, 400, 12, 188, 140, metal) +
    times(12, (index) =>
      placed(
        path('M400 270C380 240 384 222 400 206C416 222 420 240 400 270Z', light),
        `rotate(${index * 30 + 15} 400 400)`,
      ),
    ).join('') +
    star(400, 400, 8, 112, 78, dark) +
    star(400, 400, 8, 100, 68, metal) +
    star(400, 400, 8, 70, 30, light) +
    circle(400, 400, 16, dark) +
    path('M400 132A266 266 0 0 0 150 490A300 300 0 0 1 400 152Z', '#ffffff', 'opacity="0.3"')
  )
}
