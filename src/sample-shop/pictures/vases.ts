/** Vases, empty or with a few stems. */
import { darker, ink, lighter } from './colours.ts'
import { around, circle, type Drawing, leaf, placed, stroke, times } from './svg.ts'
import { band, diamonds, mouth, type Profile, paint, shadow, turn } from './turned.ts'

export type Glaze = { body: string; trim: string; accent: string }

const vaseShapes = {
  amphora: [
    [62, 190, true],
    [56, 214],
    [44, 250],
    [52, 300],
    [128, 370],
    [152, 450],
    [120, 560],
    [84, 636],
    [92, 652],
  ],
  bottle: [
    [34, 150, true],
    [30, 190],
    [30, 300],
    [44, 360],
    [134, 450],
    [160, 540],
    [138, 620],
    [104, 654],
  ],
  moon: [
    [52, 238, true],
    [48, 262],
    [70, 290],
    [168, 370],
    [196, 460],
    [164, 560],
    [96, 634],
    [84, 652],
  ],
} as const satisfies Record<string, Profile>

/** A vase, empty or with a few stems. */
export function vase(shape: keyof typeof vaseShapes, glaze: Glaze, stems?: 'olive' | 'poppy'): Drawing {
  const thing = turn(vaseShapes[shape])
  const belly = (thing.top + thing.bottom) / 2 + 30
  const painted =
    band(thing, belly - 70, 9, glaze.trim) +
    band(thing, belly - 46, 92, glaze.trim) +
    band(thing, belly + 62, 9, glaze.trim) +
    diamonds(thing, belly, 9, 27, 34, glaze.accent) +
    diamonds(thing, belly, 9, 12, 16, glaze.body) +
    band(thing, thing.bottom - 22, 40, glaze.trim)
  const flowers = stems ? (stems === 'olive' ? oliveStems(thing.top) : poppies(thing.top)) : ''
  return (
    shadow(400, 652, 120) +
    paint(thing, glaze.body, painted) +
    mouth(thing, darker(glaze.body, 0.5), lighter(glaze.body, 0.2)) +
    flowers +
    (stems ? frontRim(thing, glaze.body) : '')
  )
}

/** The front half of the rim again, over whatever stands in the vase. */
function frontRim(thing: ReturnType<typeof turn>, body: string): Drawing {
  const half = thing.halfWidthAt(thing.top)
  return stroke(
    `M${400 - half + 3} ${thing.top}Q400 ${thing.top + half * 0.28} ${400 + half - 3} ${thing.top}`,
    lighter(body, 0.25),
    7,
  )
}

function oliveStems(top: number): Drawing {
  const twig = (turnBy: number, length: number) =>
    placed(
      stroke(`M400 ${top + 20}V${top - length}`, ink.moss, 5) +
        times(6, (index) => {
          const y = top - 20 - (index * (length - 30)) / 6
          const side = index % 2 === 0 ? 1 : -1
          return placed(leaf(400, y, 15, 54, index % 3 === 0 ? ink.olive : ink.moss), `rotate(${side * 52} 400 ${y})`)
        }).join('') +
        leaf(400, top - length + 6, 14, 48, ink.olive),
      `rotate(${turnBy} 400 ${top + 40})`,
    )
  return twig(-30, top * 0.5) + twig(26, top * 0.6) + twig(-3, top * 0.72)
}

function poppies(top: number): Drawing {
  const flower = (turnBy: number, length: number, colour: string) =>
    placed(
      stroke(`M400 ${top + 20}V${top - length}`, ink.moss, 5) +
        around(400, top - length, 5, leaf(400, top - length + 4, 26, 46, colour), 10) +
        circle(400, top - length, 11, ink.charcoal),
      `rotate(${turnBy} 400 ${top + 40})`,
    )
  return (
    flower(-28, top * 0.45, ink.terracotta) + flower(24, top * 0.56, ink.saffron) + flower(-2, top * 0.7, ink.paprika)
  )
}
