import type { CategoryView } from './categories.queries.ts'

export type CategoryNode = CategoryView & { children: CategoryNode[] }

/**
 * Hangs each category below its parent, in the order given: parents first. The roots are those without a parent, or, of a
 * branch, the first of all. One whose parent is not there is left out.
 */
export function toTree(categories: CategoryView[]): CategoryNode[] {
  const nodes = new Map(categories.map((category) => [category.id, { ...category, children: [] as CategoryNode[] }]))
  const top = categories[0]?.level
  const roots: CategoryNode[] = []
  for (const node of nodes.values()) {
    const siblings = node.level === top ? roots : nodes.get(node.parentId ?? 0)?.children
    siblings?.push(node)
  }
  return roots
}
