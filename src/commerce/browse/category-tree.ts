import type { CategoryView } from './categories.queries.ts'

export type CategoryNode = CategoryView & { children: CategoryNode[] }

/** Hangs each category below its parent, in the order given. One whose parent is not there is left out. */
export function toTree(categories: CategoryView[]): CategoryNode[] {
  const nodes = new Map(categories.map((category) => [category.id, { ...category, children: [] as CategoryNode[] }]))
  const roots: CategoryNode[] = []
  for (const node of nodes.values()) {
    const siblings = node.parentId === null ? roots : nodes.get(node.parentId)?.children
    siblings?.push(node)
  }
  return roots
}
