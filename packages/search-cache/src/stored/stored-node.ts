import type { NodeChild } from '@fsagent/file-state'

/** The stored form of a directory: as text, which takes less than half the time of a structured clone both ways. */
export function nodeText(children: readonly NodeChild[]): string {
  return JSON.stringify(children)
}

/** The directory that was stored; `undefined` for anything that {@link nodeText} did not make. */
export function parseNode(value: unknown): readonly NodeChild[] | undefined {
  if (typeof value !== 'string') return undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nodeText() alone writes these, under a digest of the content
  return JSON.parse(value) as readonly NodeChild[]
}
