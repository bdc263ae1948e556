/** All products of the sample shop, department by department, each with the colours it stands in front of. */
import type { SampleProduct } from '../goods.ts'
import { type Palette, palettes } from '../pictures/colours.ts'
import { ceramics } from './ceramics.ts'
import { cookware } from './cookware.ts'
import { lamps } from './lamps.ts'
import { leather } from './leather.ts'
import { instruments, paper } from './music-and-paper.ts'
import { spices, tea } from './pantry.ts'
import { textiles } from './textiles.ts'

const departments = { textiles, lamps, ceramics, cookware, tea, spices, leather, instruments, paper }
export type Department = keyof typeof departments
export type Stocked = SampleProduct & { department: Department; palette: Palette }

export const products: Stocked[] = Object.entries(departments).flatMap(([department, list]) =>
  list.map((product) => ({
    ...product,
    department: department as Department,
    palette: palettes[department as Department],
  })),
)
