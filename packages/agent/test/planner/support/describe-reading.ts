import { chooseIntent } from '../../../src/planner/intent/choose-intent.js'

/** Gives in one line how a question is read: the intent, then its arguments in a fixed order. */
export function describeReading(
  question: string,
  earlier: readonly string[] = [],
  answers: readonly string[] = [],
): string {
  const { intent, arguments: values } = chooseIntent({ question, earlier, answers })
  const parts = Object.entries(values).map(([name, value]) => DESCRIBERS[name]?.(value) ?? '')
  return [intent, ...parts.filter((part) => part !== '')].join(' ')
}

const DESCRIBERS: Readonly<Record<string, (value: unknown) => string>> = {
  what: String,
  kinds: (value) => list(value),
  condition: String,
  needle: describeNeedle,
  symbol: String,
  noun: (value) => (value === '' ? '' : `[${String(value)}]`),
  names: (value) => list(value),
  phrase: (value) => (typeof value === 'string' ? `~${value}` : ''),
  target: describeTarget,
  left: describeTarget,
  right: describeTarget,
  scope: (value) => (value === undefined ? '' : `in ${describeTarget(value)}`),
  extensions: (value) => list(value, '.'),
  besides: (value) => (value === '' ? '' : `+${String(value)}`),
  type: (value) => (value === 'directory' ? 'folders' : ''),
  order: String,
  most: (value) => (value === 1 ? '' : `most ${String(value)}`),
  shows: (value) => (value === true ? 'show' : ''),
  size: (value) => (value === undefined ? '' : JSON.stringify(value)),
  filter: (value) => (value === 'all' ? '' : String(value)),
  depth: (value) => (value === 4 ? '' : `depth ${String(value)}`),
  range: describeRange,
}

function describeTarget(value: unknown): string {
  const target = recordOf(value)
  if (target['kind'] === 'root') return '/'
  if (target['kind'] === 'path') return String(target['path'])
  return target['kind'] === 'phrase' ? `~${String(target['phrase'])}` : ''
}

function describeNeedle(value: unknown): string {
  const needle = recordOf(value)
  if (typeof needle['text'] !== 'string') return ''
  return needle['isPattern'] === true ? `/${needle['text']}/` : `"${needle['text']}"`
}

function describeRange(value: unknown): string {
  const range = recordOf(value)
  if (range['kind'] === 'between') return `${String(range['from'])}-${String(range['to'])}`
  return typeof range['kind'] === 'string' ? `${range['kind']} ${String(range['lines'])}` : ''
}

function list(value: unknown, prefix = ''): string {
  return Array.isArray(value) ? value.map((one) => `${prefix}${String(one)}`).join(' ') : ''
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
