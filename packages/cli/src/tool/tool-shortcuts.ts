/** What makes a tool handy on the command line: parameters without a flag, and flags of one letter. */
export interface ToolShortcuts {
  /** Parameters that may be given without a flag, in this order. */
  readonly positionals: readonly string[]
  /** One-letter flags by parameter, as the GNU tool of that name has them. */
  readonly letters: Readonly<Record<string, string>>
  readonly examples: readonly string[]
}

const none: ToolShortcuts = { positionals: [], letters: {}, examples: [] }

const shortcuts: Readonly<Record<string, ToolShortcuts>> = {
  grep: {
    positionals: ['pattern', 'path'],
    letters: { ignore_case: 'i', fixed: 'F', word: 'w', context: 'C', before: 'B', after: 'A', glob: 'g' },
    examples: ['fs-agent tool grep TODO projects -i', 'fs-agent tool grep "def \\w+" --glob "*.py" --limit 0'],
  },
  find: {
    positionals: ['name', 'path'],
    letters: { ignore_case: 'i', type: 't', extension: 'e' },
    examples: ['fs-agent tool find "*.py" projects', 'fs-agent tool find notes --name "*.md"'],
  },
  cat: {
    positionals: ['path'],
    letters: {},
    examples: ['fs-agent tool cat notes/todo.md --start-line 2 --end-line 4'],
  },
  head: { positionals: ['path'], letters: { lines: 'n' }, examples: ['fs-agent tool head notes/todo.md -n 3'] },
  tail: { positionals: ['path'], letters: { lines: 'n' }, examples: ['fs-agent tool tail notes/todo.md -n 3'] },
  preview: { positionals: ['path'], letters: { lines: 'n' }, examples: ['fs-agent tool preview notes/todo.md'] },
  ls: { positionals: ['path'], letters: { long: 'l' }, examples: ['fs-agent tool ls projects -l'] },
  tree: { positionals: ['path'], letters: { depth: 'L' }, examples: ['fs-agent tool tree projects --depth 2'] },
  wc: { positionals: ['path'], letters: {}, examples: ['fs-agent tool wc notes/todo.md'] },
  smart_read: {
    positionals: ['path', 'query'],
    letters: {},
    examples: ['fs-agent tool smart-read notes/todo.md "who restores the backup"'],
  },
  smart_cat: { positionals: ['paths'], letters: {}, examples: ['fs-agent tool smart-cat notes/todo.md README.md'] },
}

/** Gives the shortcuts of a tool; a tool without any is still run by its flags. */
export function shortcutsOf(tool: string): ToolShortcuts {
  return shortcuts[tool] ?? none
}
