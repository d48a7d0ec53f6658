import { find } from '../calls.js'
import { counted } from '../answer/cite.js'
import { describeFailure } from '../answer/failure.js'
import { listPaths } from '../answer/list-entries.js'
import { pathsOf } from '../decode-tool-result.js'
import type { ToolOutcome } from '../decode-tool-result.js'
import type { Plan, ToolRequest } from '../plan.js'
import type { Question } from '../question/read-question.js'
import { resolveTarget } from '../resolve/resolve-targets.js'
import { readFindArguments } from './find-forms.js'
import type { FindByName } from './find-forms.js'
import { defineIntent } from './intent.js'
import { findPhrase } from './find-phrase.js'

/** Finds files and folders by name, glob, type or extension. */
export const findIntent = defineIntent<FindByName>({
  name: 'find',
  example: 'find all Python files in projects',
  read: readFindArguments,
  plan: planFind,
})

function* planFind(values: FindByName, question: Question): Plan {
  if (values.phrase !== undefined) return yield* findPhrase(values.phrase, question)
  const { scope } = values
  const place = scope === undefined || scope.kind === 'root' ? undefined : yield* resolveTarget(scope, 'directory')
  if (scope !== undefined && scope.kind === 'phrase' && place === undefined) {
    return `I found no folder named "${scope.phrase}" to look in.`
  }
  const path = place?.path ?? '.'
  let outcomes = yield requests(values, path)
  const failed = outcomes.find((outcome) => !outcome.ok)
  if (failed !== undefined) return describeFailure(failed, path)
  if (merged(outcomes).length === 0 && isPlainName(values)) {
    outcomes = yield requests({ ...values, names: values.names.map((name) => `*${name}*`) }, path)
  }
  const paths = merged(outcomes)
  const where = path === '.' ? '' : ` in ${path}`
  if (paths.length === 0)
    return `Nothing found: there is no ${describeWanted(values)}${where} (searched by name, ignoring case).`
  const total = outcomes.length === 1 ? Math.max(outcomes[0]?.total ?? 0, paths.length) : paths.length
  return listPaths(
    paths,
    total,
    (count) => `${counted(count, values.type === 'directory' ? 'folder' : 'file')}${where} (${describeWanted(values)})`,
  )
}

/** No file is called exactly so: names that contain it are the next best. */
function isPlainName({ names }: FindByName): boolean {
  return names.length > 0 && names.every((name) => !/[*?[\]{}/]/.test(name))
}

function describeWanted({ label, size }: FindByName): string {
  if (size === undefined) return label
  const { min_size: least, max_size: most } = size
  return least === undefined
    ? `${label} of at most ${String(most)} bytes`
    : `${label} of at least ${String(least)} bytes`
}

function requests(values: FindByName, path: string): readonly ToolRequest[] {
  const common = { path, type: values.type, ignore_case: true, limit: 0, ...values.size }
  const names = values.names.length === 0 ? ['*'] : values.names
  if (values.extensions.length === 0) return names.map((name) => find({ ...common, name }))
  return values.extensions.flatMap((extension) => names.map((name) => find({ ...common, name, extension })))
}

function merged(outcomes: readonly ToolOutcome[]): readonly string[] {
  const paths = new Set(outcomes.flatMap(pathsOf))
  return [...paths].sort()
}
