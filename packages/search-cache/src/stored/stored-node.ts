import type { NodeChild } from '@fsagent/file-state'

/** The stored form of a directory: as text, which takes less than half the time of a structured clone both ways. */
export function nodeText(children: readonly NodeChild[]): string {
  return JSON.stringify(children)
}

/** The directory that was stored; `undefined` for anything that {@link nodeText} did not make. */
export function parseNode(value: unknown): readonly NodeChild[] | undefined {
  if (typeof value !== 'string') return undefined
  // Written by this package alone, under a key that is a digest of the content.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(value) as readonly NodeChild[]
}
