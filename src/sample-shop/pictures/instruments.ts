/** Drums, lutes, flutes. */
import { darker, ink, lighter } from './colours.ts'
import {
  around,
  circle,
  clipped,
  type Drawing,
  diamond,
  ellipse,
  leaf,
  path,
  placed,
  polygon,
  rect,
  ring,
  star,
  stroke,
  times,
} from './svg.ts'
import { band, diamonds, mouth, paint, row, shadow, turn } from './turned.ts'

/** A goblet drum. */
export function gobletDrum(body: string, inlay: string, accent: string): Drawing {
  const drum = turn([
    [170, 236, true],
    [170, 300],
    [140, 390],
    [76, 450],
    [72, 520],
    [104, 620],
    [124, 652],
  ])
  return (
    shadow(400, 652, 132) +
    paint(
      drum,
      body,
      band(drum, 290, 62, inlay) +
        diamonds(drum, 322, 11, 22, 26, accent) +
        diamonds(drum, 322, 11, 10, 12, inlay) +
        band(drum, 276, 6, inlay) +
        band(drum, 360, 6, inlay) +
        band(drum, 592, 30, inlay) +
        diamonds(drum, 607, 9, 11, 12, accent) +
        row(drum, 404, 7, (x, y, squeeze) => leaf(x, y + 26, 14 * squeeze, 52, inlay)) +
        band(drum, 238, 26, darker(ink.brass, 0.1)),
    ) +
    row(drum, 254, 9, (x, y) => circle(x, y - 2, 7, lighter(ink.brass, 0.4))) +
    mouth(drum, ink.chalk, ink.brass, 10) +
    ellipse(380, 234, 70, 9, lighter(ink.sand, 0.45))
  )
}

/** A frame drum, its skin painted. */
export function frameDrum(frame: string, skin: string, paintColour: string): Drawing {
  return (
    circle(418, 418, 272, '#1c1420', 'opacity="0.22"') +
    circle(400, 400, 272, frame) +
    ring(400, 400, 262, darker(frame, 0.28), 6) +
    times(28, (index) =>
      placed(diamond(400, 142, 9, 9, lighter(frame, 0.45)), `rotate(${index * 12.86} 400 400)`),
    ).join('') +
    circle(400, 400, 240, skin) +
    path('M400 160A240 240 0 0 1 560 578A300 300 0 0 0 400 160Z', '#1c1420', 'opacity="0.06"') +
    around(400, 400, 12, leaf(400, 300, 26, 92, paintColour)) +
    ring(400, 400, 96, paintColour, 5) +
    star(400, 400, 8, 80, 54, paintColour) +
    star(400, 400, 8, 60, 38, skin) +
    circle(400, 400, 20, paintColour) +
    around(400, 400, 12, circle(400, 190, 8, paintColour), 15)
  )
}

/** A tambourine with its jingles. */
export function tambourine(frame: string, skin: string): Drawing {
  const jingle =
    rect(366, 126, 68, 44, darker(frame, 0.5), 10) +
    ellipse(386, 148, 9, 26, ink.brass) +
    ellipse(402, 148, 9, 26, lighter(ink.brass, 0.35)) +
    ellipse(416, 148, 9, 26, ink.brass)
  return (
    circle(416, 418, 268, '#1c1420', 'opacity="0.2"') +
    circle(400, 400, 268, frame) +
    ring(400, 400, 262, lighter(frame, 0.2), 5) +
    around(400, 400, 8, jingle, 22.5) +
    circle(400, 400, 212, darker(frame, 0.3)) +
    circle(400, 400, 205, skin) +
    around(400, 400, 16, diamond(400, 226, 13, 20, ink.terracotta)) +
    ring(400, 400, 146, ink.terracotta, 4) +
    path('M400 200A200 200 0 0 0 214 470A230 230 0 0 1 400 216Z', '#ffffff', 'opacity="0.4"')
  )
}

/** A lute with a bent neck. */
export function oud(wood: string, top: string): Drawing {
  const body =
    'M400 330C470 346 570 440 570 560C570 680 490 736 400 736C310 736 230 680 230 560C230 440 330 346 400 330Z'
  const strings = times(6, (index) => stroke(`M${390 + index * 4} 150L${372 + index * 11} 660`, ink.chalk, 2)).join('')
  const rose = (x: number, y: number, radius: number) =>
    circle(x, y, radius + 7, darker(wood, 0.3)) +
    circle(x, y, radius, darker(top, 0.55)) +
    star(x, y, 12, radius - 3, radius * 0.62, top) +
    star(x, y, 8, radius * 0.5, radius * 0.24, darker(top, 0.55))
  return placed(
    placed(path(body, '#1c1420', 'opacity="0.22"'), 'translate(18 12)') +
      polygon(
        [
          [378, 150],
          [422, 150],
          [428, 400],
          [372, 400],
        ],
        darker(wood, 0.3),
      ) +
      path('M374 156L420 150L300 52L276 78Z', wood) +
      times(5, (index) =>
        placed(
          ellipse(0, 0, 22, 6, ink.walnut),
          `translate(${396 - index * 24} ${136 - index * 19}) rotate(${index % 2 ? 48 : -40})`,
        ),
      ).join('') +
      path(body, wood) +
      placed(path(body, top), 'translate(400 536) scale(0.93 0.94) translate(-400 -536)') +
      clipped(body, rect(480, 320, 200, 430, '#1c1420', 0, 'opacity="0.08"')) +
      polygon(
        [
          [380, 300],
          [420, 300],
          [428, 470],
          [372, 470],
        ],
        darker(wood, 0.45),
      ) +
      rose(400, 540, 52) +
      rose(316, 600, 24) +
      rose(484, 600, 24) +
      rect(338, 654, 124, 17, darker(wood, 0.4), 7) +
      strings,
    'translate(0 -6) rotate(18 400 420) translate(400 420) scale(0.9) translate(-400 -420)',
  )
}

/** A flute of reed, with its mouthpiece, and a second one behind. */
export function reedFlutes(reed: string, lip: string): Drawing {
  const one = (colour: string) =>
    rect(378, 90, 44, 590, colour, 10) +
    rect(404, 90, 18, 590, '#1c1420', 8, 'opacity="0.14"') +
    rect(384, 96, 7, 578, '#ffffff', 3, 'opacity="0.3"') +
    path('M366 60H434L424 108H376Z', lip) +
    times(7, (index) => rect(376, 160 + index * 74, 48, 9, darker(colour, 0.3))).join('') +
    times(6, (index) => ellipse(400, 330 + index * 50, 9, 11, darker(colour, 0.65))).join('') +
    rect(376, 660, 48, 20, ink.brass)
  return (
    placed(one(darker(reed, 0.16)), 'translate(70 24) rotate(38 400 400)') +
    placed(
      placed(rect(378, 70, 44, 610, '#1c1420', 10, 'opacity="0.2"'), 'translate(16 10)') + one(reed),
      'rotate(-24 400 400)',
    )
  )
}

/** A thumb piano. */
export function kalimba(wood: string, inlay: string): Drawing {
  const tines = times(9, (index) => {
    const length = 270 - Math.abs(index - 4) * 34
    const x = 264 + index * 34
    return rect(x - 9, 250, 18, length, lighter(ink.steel, 0.3), 8) + rect(x + 2, 250, 7, length, ink.steel, 4)
  }).join('')
  return (
    rect(196, 132, 440, 580, '#1c1420', 48, 'opacity="0.2"') +
    rect(180, 112, 440, 580, wood, 48) +
    rect(520, 112, 100, 580, '#1c1420', 48, 'opacity="0.08"') +
    times(5, (index) =>
      stroke(
        `M${214 + index * 90} 130C${230 + index * 84} 300 ${196 + index * 96} 500 ${220 + index * 90} 676`,
        darker(wood, 0.13),
        4,
      ),
    ).join('') +
    circle(400, 596, 60, darker(wood, 0.6)) +
    ring(400, 596, 70, inlay, 7) +
    around(400, 596, 12, diamond(400, 508, 8, 10, inlay)) +
    rect(226, 226, 348, 20, darker(wood, 0.4), 9) +
    rect(226, 292, 348, 15, ink.brass, 7) +
    tines +
    rect(226, 204, 348, 17, ink.brass, 8)
  )
}
