/** The thread that draws: a paper comes in, its bytes or the reason why there are none go out. */
import { parentPort } from 'node:worker_threads'
import { drawPaper } from './draw-paper.ts'
import type { Paper } from './paper.ts'
import type { Drawn } from './render-pdf.ts'

parentPort?.on('message', async (paper: Paper) => {
  parentPort?.postMessage(await answer(paper))
})

async function answer(paper: Paper): Promise<Drawn> {
  try {
    return { bytes: await drawPaper(paper) }
  } catch (error) {
    return { failure: String(error) }
  }
}
