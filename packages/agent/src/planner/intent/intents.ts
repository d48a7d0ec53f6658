import { compareIntent } from './compare.js'
import { countIntent } from './count.js'
import { definitionIntent } from './definition.js'
import { extremeIntent } from './extreme.js'
import { findIntent } from './find.js'
import { groupIntent } from './group.js'
import { helpIntent } from './help.js'
import type { Intent } from './intent.js'
import { listIntent } from './list.js'
import { membersIntent } from './members.js'
import { openIntent } from './open.js'
import { purposeIntent } from './purpose.js'
import { searchIntent } from './search.js'
import { showIntent } from './show.js'
import { summariseIntent } from './summarise.js'
import { tableIntent } from './table.js'
import { treeIntent } from './tree.js'
import { withoutIntent } from './without.js'

/** What the planner understands, the more specific before the more general; the last takes whatever is left. */
export const intents: readonly Intent[] = [
  helpIntent,
  compareIntent,
  extremeIntent,
  membersIntent,
  tableIntent,
  countIntent,
  purposeIntent,
  definitionIntent,
  treeIntent,
  summariseIntent,
  withoutIntent,
  searchIntent,
  groupIntent,
  listIntent,
  findIntent,
  showIntent,
  openIntent,
]
