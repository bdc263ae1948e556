/** What stands behind every picture: a wall with a quiet lattice, a niche, a floor. */
import { darker, lighter, mix, type Palette } from './colours.ts'
import { circle, type Drawing, path, rect, star, stroke, times } from './svg.ts'

export type Niche = 'arch' | 'sun' | 'horseshoe' | 'hills' | 'none'

/** The wall with its niche and the floor from y = 612 on. */
export function backdrop(palette: Palette, niche: Niche): Drawing {
  return rect(0, 0, 800, 800, palette.wall) + lattice(palette) + niches[niche](palette) + floor(palette)
}

/** The wall alone, for what hangs on it or lies flat. */
export function wall(palette: Palette): Drawing {
  return rect(0, 0, 800, 800, palette.wall) + lattice(palette)
}

const floor = ({ floor, niche }: Palette): Drawing =>
  rect(0, 612, 800, 188, floor) +
  rect(0, 612, 800, 7, lighter(floor, 0.16)) +
  path('M0 800V744H800V800Z', darker(floor, 0.1)) +
  stroke('M0 744H800', niche, 1.5, 'opacity="0.25"')

/** Eight-pointed stars and crosses, as on a tiled wall, hardly darker than the wall itself. */
function lattice({ wall, line }: Palette): Drawing {
  const colour = mix(wall, line, 0.62)
  const everywhere = (each: (column: number, row: number) => Drawing): Drawing =>
    times(7, (column) => times(6, (row) => each(column * STEP, row * STEP)).join('')).join('')
  return (
    everywhere((x, y) => star(x, y, 8, 40, 28, 'none', `stroke="${colour}" stroke-width="3"`)) +
    everywhere((x, y) => star(x + STEP / 2, y + STEP / 2, 4, 22, 7, colour))
  )
}

const STEP = 800 / 6

const ARCH = 'M150 612V330C150 210 290 170 400 84C510 170 650 210 650 330V612Z'
const INNER_ARCH = 'M178 612V338C178 232 304 196 400 122C496 196 622 232 622 338V612Z'
const HORSESHOE =
  'M196 612V470C140 420 130 350 154 280C190 178 290 120 400 120C510 120 610 178 646 280C670 350 660 420 604 470V612Z'

const niches: Record<Niche, (palette: Palette) => Drawing> = {
  arch: ({ niche, line }) => path(ARCH, niche) + stroke(INNER_ARCH, line, 4),
  horseshoe: ({ niche, line }) =>
    path(HORSESHOE, niche) + circle(400, 330, 196, 'none', `stroke="${line}" stroke-width="4"`),
  sun: ({ niche, line }) =>
    circle(400, 372, 286, niche) + circle(400, 372, 256, 'none', `stroke="${line}" stroke-width="4"`),
  hills: ({ niche, line }) =>
    circle(540, 270, 132, niche) +
    path('M0 612V470Q150 380 300 452T610 430T800 440V612Z', line) +
    path('M0 612V540Q180 470 380 530T800 500V612Z', niche),
  none: () => '',
}
