import { callWith, type ToolContext, type ToolOutput } from '../tools/tool.js'
import { fitBlocks } from './fit-blocks.js'
import { noLimits } from './output-limits.js'

/** A list of which a page is shown, and how each item is printed. */
export interface PageRequest<Item> {
  readonly items: readonly Item[]
  readonly print: (item: Item, index: number) => string
  /** How many items are shown at most, 0 for all; then nothing is cut. */
  readonly limit: number
  readonly offset: number
  /** What the items are called in the notice. */
  readonly unit: string
  /** Whether a line that is too long may be cut; names may not. */
  readonly cutsLines: boolean
}

/** The items of a page and what is said about them. */
export interface Page<Item> extends Pick<ToolOutput, 'text' | 'shown' | 'total' | 'truncation'> {
  readonly page: readonly Item[]
}

/** Gives the items from `offset` on that fit into the limits, and the call for the rest when there is one. */
export function pageOf<Item>(request: PageRequest<Item>, context: ToolContext): Page<Item> {
  const { items, limit, offset, unit } = request
  const wanted = items.slice(offset, limit === 0 ? undefined : offset + limit)
  const limits = limit === 0 ? noLimits : context.limits
  const fitted = fitBlocks(
    wanted.map((item, index) => request.print(item, index)),
    request.cutsLines ? limits : { ...limits, lineCharacters: Infinity },
  )
  const { text, shown } = fitted
  const last = offset + shown
  const page = { text, shown, total: items.length, page: wanted.slice(0, shown) }
  const range = `Shown: ${unit} ${offset + 1} to ${last} of ${items.length}`
  if (last < items.length) return { ...page, truncation: { shown: range, next: callWith(context, { offset: last }) } }
  if (fitted.cut.length === 0) return page
  return { ...page, truncation: { shown: `${range}, long lines cut`, next: callWith(context, { offset, limit: 0 }) } }
}
