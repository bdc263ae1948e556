/** The thread that draws: a paper or a label comes in, its bytes or the reason why there are none go out. */
import { parentPort } from 'node:worker_threads'
import { drawLabel } from './draw-label.ts'
import { drawPaper } from './draw-paper.ts'
import type { Drawn, ToDraw } from './render-pdf.ts'

parentPort?.on('message', async (wanted: ToDraw) => {
  parentPort?.postMessage(await answer(wanted))
})

async function answer(wanted: ToDraw): Promise<Drawn> {
  try {
    return { bytes: await ('label' in wanted ? drawLabel(wanted.label) : drawPaper(wanted.paper)) }
  } catch (error) {
    return { failure: String(error) }
  }
}
