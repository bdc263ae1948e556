import { contentName } from '#platform/files'
import { backdrop, type Niche, wall } from './backdrop.ts'
import type { Palette } from './colours.ts'
import type { Drawing } from './svg.ts'

type Picture = { behind: Niche | 'wall'; draw: () => Drawing }
export type DrawnPicture = { svg: string; fileName: string }

/** Raised when the same drawing is to be rendered otherwise, so that it gets another name. */
const RENDERING = 'webp 800 v1'

/** Draws a picture, and names the file that it will be: by its drawing, so that the name is known before the pixels are. */
export function drawPicture(label: string, palette: Palette, { behind, draw }: Picture): DrawnPicture {
  const scene = behind === 'wall' ? wall(palette) : backdrop(palette, behind)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800" viewBox="0 0 800 800">${scene}${draw()}</svg>`
  return { svg, fileName: contentName('products', label, RENDERING + svg, 'webp') }
}
