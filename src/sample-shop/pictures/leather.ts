/** Bags and small things of leather. */
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

type Hide = { hide: string; metal: string; thread: string }

const stitched = (d: string, thread: string): Drawing => stroke(d, thread, 3.5, 'stroke-dasharray="11 9"')
const shadowBelow = (half: number): Drawing => ellipse(412, 662, half * 1.1, 24, '#1c1420', 'opacity="0.22"')
const sideShade = (x: number): Drawing => rect(x, 100, 400, 600, '#1c1420', 0, 'opacity="0.13"')
const buckle = (x: number, y: number, metal: string): Drawing =>
  rect(x - 19, y - 22, 38, 44, 'none', 6, `stroke="${metal}" stroke-width="8"`) + rect(x - 3, y - 20, 6, 30, metal)

/** A satchel with a flap and two straps. */
export function satchel({ hide, metal, thread }: Hide): Drawing {
  const body = 'M182 330H618L632 620Q632 658 596 658H204Q168 658 168 620Z'
  const flap = 'M176 300Q176 282 196 282H604Q624 282 624 300L632 470Q632 520 584 520H216Q168 520 168 470Z'
  const strap = (x: number) =>
    rect(x - 22, 282, 44, 306, darker(hide, 0.3), 8) +
    stitched(`M${x - 13} 292V578M${x + 13} 292V578`, thread) +
    buckle(x, 536, metal)
  return (
    shadowBelow(240) +
    stroke('M196 310C150 40 650 40 604 310', darker(hide, 0.32), 22) +
    stitched('M196 310C150 40 650 40 604 310', thread) +
    clipped(body, rect(160, 280, 480, 400, darker(hide, 0.14)) + sideShade(530)) +
    stitched('M190 540V612Q190 640 212 640H588Q610 640 610 612V540', thread) +
    clipped(
      flap,
      rect(160, 270, 480, 260, hide) + sideShade(530) + rect(160, 270, 24, 260, '#ffffff', 0, 'opacity="0.15"'),
    ) +
    stitched('M190 300V466Q190 502 222 502H578Q610 502 610 466V300', thread) +
    stroke('M340 286C340 226 460 226 460 286', darker(hide, 0.3), 20) +
    strap(276) +
    strap(524)
  )
}

/** An open bag with two handles. */
export function tote({ hide, metal, thread }: Hide): Drawing {
  const body = 'M196 318H604L576 626Q572 656 544 656H256Q228 656 224 626Z'
  return (
    shadowBelow(200) +
    stroke('M300 340C300 90 500 90 500 340', darker(hide, 0.42), 20) +
    ellipse(400, 318, 204, 17, darker(hide, 0.5)) +
    clipped(
      body,
      rect(180, 300, 440, 380, hide) +
        rect(180, 520, 440, 160, darker(hide, 0.3)) +
        sideShade(520) +
        polygon(
          [
            [206, 318],
            [230, 318],
            [256, 660],
            [232, 660],
          ],
          '#ffffff',
          'opacity="0.17"',
        ),
    ) +
    stitched('M212 340H588M234 534H568', thread) +
    stroke('M300 430V336C300 130 500 130 500 336V430', darker(hide, 0.3), 22) +
    stitched('M300 420V336C300 130 500 130 500 336V420', thread) +
    [300, 500].map((x) => rect(x - 24, 380, 48, 72, darker(hide, 0.3), 10) + circle(x, 416, 10, metal)).join('') +
    rect(352, 566, 96, 44, lighter(hide, 0.16), 5) +
    star(400, 588, 8, 16, 8, darker(hide, 0.35))
  )
}

/** A bag for a weekend: long, soft, rounded. */
export function weekender({ hide, metal, thread }: Hide): Drawing {
  const body = 'M132 420Q132 350 210 344H590Q668 350 668 420V590Q668 656 596 656H204Q132 656 132 590Z'
  return (
    shadowBelow(280) +
    clipped(
      body,
      rect(120, 320, 560, 350, hide) +
        rect(120, 600, 560, 70, darker(hide, 0.35)) +
        rect(120, 320, 98, 350, darker(hide, 0.24)) +
        rect(582, 320, 98, 350, darker(hide, 0.32)) +
        rect(120, 352, 560, 12, '#ffffff', 0, 'opacity="0.18"'),
    ) +
    stitched('M228 360V600M572 360V600M140 600H660', thread) +
    rect(206, 330, 388, 22, darker(hide, 0.42), 11) +
    stroke('M220 341H580', metal, 4, 'stroke-dasharray="5 6"') +
    rect(574, 334, 44, 13, metal, 4) +
    stroke('M290 470V370C290 190 510 190 510 370V470', darker(hide, 0.4), 22) +
    stitched('M290 464V370C290 190 510 190 510 370V464', thread) +
    [290, 510].map((x) => rect(x - 24, 430, 48, 190, darker(hide, 0.4), 8) + buckle(x, 478, metal)).join('') +
    circle(400, 494, 40, lighter(hide, 0.14)) +
    stitched('M400 464A30 30 0 1 1 399 464', thread)
  )
}

/** A rucksack with a rolled top. */
export function rucksack({ hide, metal, thread }: Hide): Drawing {
  const body = 'M236 270Q240 200 300 196H500Q560 200 564 270L586 600Q586 656 536 656H264Q214 656 214 600Z'
  return (
    shadowBelow(200) +
    stroke('M352 200C352 130 448 130 448 200', darker(hide, 0.35), 18) +
    [-1, 1]
      .map((side) =>
        stroke(
          `M${400 + side * 164} 300C${400 + side * 240} 360 ${400 + side * 240} 540 ${400 + side * 186} 610`,
          darker(hide, 0.42),
          24,
        ),
      )
      .join('') +
    clipped(
      body,
      rect(200, 180, 400, 490, hide) +
        sideShade(500) +
        polygon(
          [
            [246, 200],
            [270, 200],
            [256, 660],
            [232, 660],
          ],
          '#ffffff',
          'opacity="0.15"',
        ),
    ) +
    clipped(
      'M226 230Q232 176 300 172H500Q568 176 574 230L580 380Q580 420 540 420H260Q220 420 220 380Z',
      rect(210, 160, 400, 270, darker(hide, 0.18)) + sideShade(500),
    ) +
    stitched('M240 240V380Q240 402 262 402H538Q560 402 560 380V240', thread) +
    rect(272, 470, 256, 146, darker(hide, 0.16), 20) +
    stitched('M290 490H510V598H290Z', thread) +
    [330, 470].map((x) => rect(x - 17, 340, 34, 176, darker(hide, 0.42), 6) + buckle(x, 466, metal)).join('')
  )
}

/** A wallet and a card case beside it. */
export function wallet({ hide, metal, thread }: Hide): Drawing {
  const outline = 'M0 22Q0 0 22 0H378Q400 0 400 22V258Q400 280 378 280H22Q0 280 0 258Z'
  return (
    placed(
      rect(14, 16, 400, 280, '#1c1420', 22, 'opacity="0.22"') +
        clipped(outline, rect(0, 0, 400, 280, darker(hide, 0.3))) +
        rect(34, -40, 330, 90, ink.mint, 6) +
        rect(34, -22, 330, 60, lighter(ink.leaf, 0.45), 6) +
        circle(200, 6, 20, ink.leaf) +
        path('M0 44Q0 22 22 22H378Q400 22 400 44V258Q400 280 378 280H22Q0 280 0 258Z', hide) +
        path('M300 22H378Q400 22 400 44V258Q400 280 378 280H300Z', '#1c1420', 'opacity="0.12"') +
        stitched('M18 40H382V262H18Z', thread) +
        rect(330, 118, 70, 72, darker(hide, 0.28), 14) +
        circle(360, 154, 15, metal) +
        circle(360, 154, 8, darker(metal, 0.2)) +
        star(110, 152, 8, 44, 26, darker(hide, 0.16)),
      'translate(178 270) rotate(-9 200 140)',
    ) +
    placed(
      rect(8, 10, 210, 140, '#1c1420', 12, 'opacity="0.2"') +
        rect(22, -20, 166, 100, ink.lapis, 8) +
        rect(22, 2, 166, 18, ink.charcoal) +
        rect(0, 16, 210, 128, lighter(hide, 0.14), 12) +
        stitched('M12 28H198V132H12Z', thread),
      'translate(452 566) rotate(12)',
    )
  )
}

/** A belt, rolled up. */
export function belt({ hide, metal, thread }: Hide): Drawing {
  return (
    circle(416, 424, 214, '#1c1420', 'opacity="0.2"') +
    [212, 158, 104, 50]
      .map(
        (radius, index) =>
          circle(400, 410, radius, index % 2 ? darker(hide, 0.12) : hide) +
          ring(400, 410, radius - 2, darker(hide, 0.42), 5) +
          `<circle cx="400" cy="410" r="${radius - 24}" fill="none" stroke="${thread}" stroke-width="3.5" stroke-dasharray="11 9"/>`,
      )
      .join('') +
    circle(400, 410, 22, darker(hide, 0.55)) +
    rect(400, 584, 250, 54, hide, 6) +
    path('M596 584H650V638H596Z', '#1c1420', 'opacity="0.1"') +
    stitched('M410 594H590M410 628H590', thread) +
    times(3, (index) => circle(440 + index * 40, 611, 6, darker(hide, 0.55))).join('') +
    rect(596, 568, 96, 86, 'none', 14, `stroke="${metal}" stroke-width="15"`) +
    rect(600, 604, 84, 13, darker(metal, 0.14), 6)
  )
}

/** A pair of pointed slippers, seen from above. */
export function slippers({ hide, metal, thread }: Hide): Drawing {
  const one =
    path(
      'M0 -250C70 -214 96 -130 90 -40C84 60 86 150 60 208C40 250 -40 250 -60 208C-86 150 -84 60 -90 -40C-96 -130 -70 -214 0 -250Z',
      darker(hide, 0.3),
    ) +
    path(
      'M0 -18C50 -18 78 4 76 40C74 110 70 150 52 200C36 230 -36 230 -52 200C-70 150 -74 110 -76 40C-78 4 -50 -18 0 -18Z',
      lighter(ink.sand, 0.25),
    ) +
    path('M0 -266C76 -222 98 -130 92 -30C60 22 -60 22 -92 -30C-98 -130 -76 -222 0 -266Z', hide) +
    path('M0 -266C76 -222 98 -130 92 -30C80 -10 60 4 40 8C50 -90 40 -190 0 -266Z', '#1c1420', 'opacity="0.14"') +
    stitched('M-80 -36C-50 6 50 6 80 -36', thread) +
    star(0, -110, 8, 42, 24, thread) +
    star(0, -110, 8, 24, 11, metal) +
    circle(0, -184, 9, thread) +
    circle(-44, -58, 7, thread) +
    circle(44, -58, 7, thread)
  return [
    [290, -8],
    [512, 8],
  ]
    .map(([x, turn]) =>
      placed(
        placed(
          path(
            'M0 -250C70 -214 96 -130 90 -40C84 60 86 150 60 208C40 250 -40 250 -60 208C-86 150 -84 60 -90 -40C-96 -130 -70 -214 0 -250Z',
            '#1c1420',
            'opacity="0.2"',
          ),
          'translate(14 14)',
        ) + one,
        `translate(${x} 420) rotate(${turn})`,
      ),
    )
    .join('')
}

/** A pouf: a round seat of sewn leather. */
export function pouf({ hide, thread }: Hide): Drawing {
  const outline =
    'M150 470C150 380 230 330 400 330C570 330 650 380 650 470V560C650 640 560 664 400 664C240 664 150 640 150 560Z'
  return (
    shadowBelow(260) +
    clipped(
      outline,
      rect(140, 320, 520, 360, hide) +
        rect(140, 500, 520, 200, darker(hide, 0.16)) +
        sideShade(540) +
        times(9, (index) => stroke(`M${168 + index * 58} 500V680`, darker(hide, 0.34), 5)).join(''),
    ) +
    ellipse(400, 424, 238, 90, lighter(hide, 0.1)) +
    placed(
      star(0, 0, 12, 220, 168, darker(hide, 0.14)) +
        star(0, 0, 12, 150, 110, thread) +
        star(0, 0, 12, 136, 98, hide) +
        star(0, 0, 12, 84, 40, thread),
      'translate(400 424) scale(1 0.38)',
    ) +
    stroke('M154 486C180 530 300 548 400 548C500 548 620 530 646 486', thread, 5, 'stroke-dasharray="14 11"')
  )
}
