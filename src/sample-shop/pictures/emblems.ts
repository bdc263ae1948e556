/** What stands on a label, around its middle. */
import { darker, ink, lighter } from './colours.ts'
import { around, circle, type Drawing, leaf, placed, star, stroke, times } from './svg.ts'

export type Emblem = 'leaf' | 'mint' | 'flower' | 'star' | 'sun' | 'orange'

export const emblems: Record<Emblem, (colour: string) => Drawing> = {
  leaf: (colour) =>
    leaf(0, 40, 40, 100, colour) +
    placed(leaf(0, 44, 26, 84, darker(colour, 0.2)), 'rotate(-48 0 44)') +
    placed(leaf(0, 44, 26, 84, lighter(colour, 0.2)), 'rotate(48 0 44)') +
    stroke('M0 60V-20', ink.chalk, 3),
  mint: (colour) =>
    times(
      3,
      (index) =>
        placed(
          leaf(0, 44 - index * 26, 22, 62 - index * 8, index % 2 ? colour : darker(colour, 0.15)),
          `rotate(-52 0 ${44 - index * 26})`,
        ) +
        placed(leaf(0, 44 - index * 26, 22, 62 - index * 8, lighter(colour, 0.15)), `rotate(52 0 ${44 - index * 26})`),
    ).join('') + leaf(0, -6, 20, 56, colour),
  flower: (colour) =>
    around(0, 0, 8, leaf(0, -10, 20, 50, colour)) +
    circle(0, 0, 17, ink.turmeric) +
    circle(0, 0, 8, darker(ink.turmeric)),
  star: (colour) =>
    around(0, 0, 8, leaf(0, 0, 13, 62, colour) + circle(0, -34, 5, lighter(colour, 0.5))) +
    circle(0, 0, 10, darker(colour)),
  sun: (colour) =>
    star(0, 0, 16, 62, 40, colour) + circle(0, 0, 30, ink.turmeric) + circle(0, 0, 18, lighter(ink.turmeric, 0.5)),
  orange: (colour) =>
    circle(0, 4, 52, colour) + circle(0, 4, 43, ink.cream) + around(0, 4, 8, leaf(0, -2, 15, 34, colour)),
}
