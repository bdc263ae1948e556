/** So much at a time: what needs memory, or a core, waits for its turn. */
export type Slots = {
  /** Waits in line until so many are free, and takes them. Give them back with what comes back; twice is once. */
  take(count: number): Promise<() => void>
}

/** Whoever wants more than there are gets all of them, alone. */
export function openSlots(total: number): Slots {
  let free = total
  const line: { count: number; enter: () => void }[] = []
  const letIn = () => {
    for (let next = line[0]; next && next.count <= free; next = line[0]) {
      line.shift()
      free -= next.count
      next.enter()
    }
  }
  return {
    take: async (wanted) => {
      const count = Math.min(wanted, total)
      await new Promise<void>((enter) => {
        line.push({ count, enter })
        letIn()
      })
      let isTaken = true
      return () => {
        if (!isTaken) return
        isTaken = false
        free += count
        letIn()
      }
    },
  }
}
