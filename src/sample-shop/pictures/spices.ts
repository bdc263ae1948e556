/** Spices: jars, heaps, sacks. */
import { darker, ink, lighter } from './colours.ts'
import { type Emblem, emblems } from './emblems.ts'
import {
  around,
  circle,
  clipped,
  type Drawing,
  ellipse,
  leaf,
  path,
  placed,
  polygon,
  rect,
  ring,
  stroke,
  times,
} from './svg.ts'
import { band, diamonds, mouth, paint, shadow, turn } from './turned.ts'

/** A jar of glass with a cork, full of spice. */
export function spiceJar(spice: string, label: string, grain: 'powder' | 'seeds' | 'pods'): Drawing {
  const jar = turn([
    [92, 330, true],
    [86, 362],
    [132, 410],
    [136, 620],
    [118, 652],
  ])
  const seeds = times(90, (index) => {
    const x = 264 + ((index * 53) % 272)
    const y = 440 + ((index * 37) % 218)
    return ellipse(
      x,
      y,
      grain === 'pods' ? 17 : 8,
      grain === 'pods' ? 8 : 6,
      index % 3 ? lighter(spice, 0.2) : darker(spice, 0.2),
      `transform="rotate(${index * 71} ${x} ${y})"`,
    )
  }).join('')
  return (
    shadow(400, 652, 130) +
    paint(
      jar,
      lighter(ink.sky, 0.45),
      band(jar, 424, 240, spice) +
        (grain === 'powder'
          ? path('M260 470Q330 446 400 466T540 456V478Q470 486 400 482T260 488Z', lighter(spice, 0.15))
          : clipped('M264 446Q400 480 536 446V640Q400 690 264 640Z', seeds)) +
        band(jar, 500, 90, label) +
        band(jar, 510, 4, spice) +
        band(jar, 576, 4, spice) +
        diamonds(jar, 545, 5, 20, 20, spice),
    ) +
    paint(
      turn([
        [74, 268, true],
        [82, 334, true],
      ]),
      ink.oak,
    ) +
    ellipse(400, 268, 74, 10, lighter(ink.oak, 0.25)) +
    ellipse(400, 334, 96, 14, 'none', `stroke="${lighter(ink.sky, 0.7)}" stroke-width="7"`)
  )
}

/** Heaps of spice in dishes, as on a market stall. */
export function spiceHeaps(spices: [string, string, string], dish: string): Drawing {
  const places = [
    [240, 610, 0.8],
    [560, 610, 0.8],
    [400, 664, 1.05],
  ]
  return spices
    .map((spice, index) => {
      const [x, y, size] = places[index]!
      const bowl = turn([
        [170, 580, true],
        [160, 610],
        [110, 646],
        [84, 652],
      ])
      return placed(
        shadow(400, 652, 120) +
          paint(bowl, dish, band(bowl, 596, 10, darker(dish, 0.25))) +
          ellipse(400, 580, 170, 24, lighter(dish, 0.25)) +
          path('M240 584C300 540 366 430 400 400C434 430 500 540 560 584Q400 618 240 584Z', spice) +
          path('M400 400C434 430 500 540 560 584Q500 598 440 601C450 530 430 460 400 400Z', darker(spice, 0.16)) +
          stroke('M372 442C340 490 310 530 282 562', lighter(spice, 0.35), 7),
        `translate(${x} ${y}) scale(${size}) translate(-400 -652)`,
      )
    })
    .join('')
}

/** The round box of an Indian kitchen, seven cups in it, seen from above. */
export function spiceBox(metal: string, spices: string[]): Drawing {
  const one = (x: number, y: number, spice: string) =>
    circle(x, y, 78, darker(metal, 0.22)) +
    circle(x, y, 72, lighter(metal, 0.3)) +
    circle(x, y, 63, spice) +
    path(
      `M${x - 44} ${y + 10}Q${x} ${y - 44} ${x + 46} ${y - 6}Q${x} ${y + 6} ${x - 44} ${y + 10}Z`,
      lighter(spice, 0.22),
    ) +
    times(9, (index) =>
      circle(x - 34 + ((index * 31) % 70), y - 30 + ((index * 47) % 66), 3.5, darker(spice, 0.3)),
    ).join('')
  return (
    circle(414, 416, 282, '#1c1420', 'opacity="0.22"') +
    circle(400, 400, 280, darker(metal, 0.2)) +
    circle(400, 400, 270, lighter(metal, 0.15)) +
    circle(400, 400, 252, darker(metal, 0.1)) +
    one(400, 400, spices[0]!) +
    spices
      .slice(1, 7)
      .map((spice, index) =>
        one(400 + 166 * Math.cos((index * Math.PI) / 3), 400 + 166 * Math.sin((index * Math.PI) / 3), spice),
      )
      .join('') +
    path('M400 126A274 274 0 0 0 150 500A290 290 0 0 1 400 140Z', '#ffffff', 'opacity="0.4"')
  )
}

/** A small flat tin, open, with threads of saffron. */
export function saffronTin(tin: string): Drawing {
  const threads = times(38, (index) =>
    stroke(
      `M${310 + ((index * 47) % 176)} ${536 + ((index * 19) % 46)}q${(index % 5) * 9 - 18} ${-16 - (index % 4) * 6} ${(index % 7) * 9 - 26} ${-26 + (index % 3) * 14}`,
      index % 4 ? ink.paprika : ink.saffron,
      5,
    ),
  ).join('')
  const body = turn([
    [166, 566, true],
    [166, 640],
    [160, 652],
  ])
  return (
    shadow(400, 652, 170) +
    placed(
      circle(400, 330, 150, darker(tin, 0.15)) +
        circle(400, 330, 138, tin) +
        ring(400, 330, 116, ink.turmeric, 5) +
        around(400, 330, 6, leaf(400, 318, 28, 78, ink.plum)) +
        stroke('M400 330V268M400 330L454 362M400 330L346 362', ink.paprika, 8) +
        circle(400, 330, 12, ink.turmeric),
      'translate(74 104) rotate(10 400 330)',
    ) +
    paint(body, tin, band(body, 590, 6, ink.turmeric) + band(body, 628, 6, ink.turmeric)) +
    mouth(body, darker(ink.paprika, 0.35), lighter(tin, 0.35), 8) +
    threads
  )
}

/** A sack with its rim rolled down. */
export function sack(cloth: string, spice: string, emblem: Emblem): Drawing {
  const outline = 'M246 420C210 500 216 600 244 650Q400 680 556 650C584 600 590 500 554 420Z'
  return (
    shadow(400, 656, 176) +
    clipped(
      outline,
      rect(190, 380, 420, 300, cloth) +
        path('M470 400C520 480 510 600 480 680H620V380Z', '#1c1420', 'opacity="0.15"') +
        times(16, (index) => stroke(`M${200 + index * 27} 400V680`, darker(cloth, 0.1), 2)).join(''),
    ) +
    placed(emblems[emblem](darker(spice, 0.1)), 'translate(396 552) scale(0.85)') +
    path('M236 424Q230 380 262 376H538Q570 380 564 424Q400 470 236 424Z', lighter(cloth, 0.2)) +
    path('M262 392C300 330 360 300 400 296C440 300 500 330 538 392Q400 430 262 392Z', spice) +
    path('M400 296C440 300 500 330 538 392Q490 408 446 410C452 366 430 320 400 296Z', darker(spice, 0.16)) +
    times(26, (index) =>
      circle(
        300 + ((index * 43) % 196),
        346 + ((index * 17) % 54),
        6,
        index % 2 ? lighter(spice, 0.25) : darker(spice, 0.2),
      ),
    ).join('') +
    polygon(
      [
        [560, 300],
        [648, 236],
        [668, 262],
        [584, 326],
      ],
      ink.oak,
    ) +
    ellipse(556, 328, 46, 30, ink.oak, 'transform="rotate(-36 556 328)"') +
    ellipse(552, 326, 34, 20, spice, 'transform="rotate(-36 552 326)"')
  )
}
