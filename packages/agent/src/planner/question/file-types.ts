/** A kind of file people name in words, and the extensions that mean it. */
export interface FileType {
  readonly label: string
  readonly extensions: readonly string[]
}

const TABLE: readonly (readonly [words: string, extensions: string])[] = [
  ['python py', 'py pyi'],
  ['typescript ts', 'ts tsx mts cts'],
  ['javascript js', 'js jsx mjs cjs'],
  ['markdown md', 'md markdown mdx'],
  ['json', 'json'],
  ['yaml yml', 'yaml yml'],
  ['toml', 'toml'],
  ['ini', 'ini cfg'],
  ['sql', 'sql'],
  ['csv', 'csv'],
  ['tsv', 'tsv'],
  ['log', 'log'],
  ['txt text plaintext', 'txt'],
  ['image picture photo', 'png jpg jpeg gif svg webp bmp tiff ico avif'],
  ['png', 'png'],
  ['jpeg jpg', 'jpg jpeg'],
  ['gif', 'gif'],
  ['svg', 'svg'],
  ['shell bash sh', 'sh bash zsh'],
  ['html', 'html htm'],
  ['css stylesheet', 'css scss sass less'],
  ['java', 'java'],
  ['kotlin', 'kt kts'],
  ['scala', 'scala'],
  ['swift', 'swift'],
  ['dart', 'dart'],
  ['go golang', 'go'],
  ['rust', 'rs'],
  ['c', 'c h'],
  ['c++ cpp', 'cpp cc cxx hpp hh h'],
  ['c# csharp', 'cs'],
  ['ruby', 'rb'],
  ['php', 'php'],
  ['perl', 'pl pm'],
  ['lua', 'lua'],
  ['r', 'r'],
  ['vue', 'vue'],
  ['svelte', 'svelte'],
  ['proto protobuf', 'proto'],
  ['graphql', 'graphql gql'],
  ['terraform', 'tf'],
  ['xml', 'xml'],
  ['pdf', 'pdf'],
  ['word docx', 'docx doc odt'],
  ['excel spreadsheet xlsx', 'xlsx xls ods'],
  ['powerpoint', 'pptx ppt odp'],
  ['configuration config', 'toml yaml yml json ini cfg conf env properties'],
  ['binary bin', 'bin exe so dll'],
  ['archive zip', 'zip tar gz tgz bz2 xz 7z'],
  ['notebook jupyter', 'ipynb'],
  ['font', 'ttf otf woff woff2'],
  ['rst restructuredtext', 'rst'],
  ['asciidoc', 'adoc asciidoc'],
]

const BY_WORD: ReadonlyMap<string, FileType> = new Map(
  TABLE.flatMap(([words, extensions]) => {
    const [label = ''] = words.split(' ')
    return words.split(' ').map((word) => [word, { label, extensions: extensions.split(' ') }] as const)
  }),
)

/** Every extension the table knows: what tells `notes.md` from the end of a sentence. */
export const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set([
  ...TABLE.flatMap(([, extensions]) => extensions.split(' ')),
  ...'lock gradle bat ps1 diff patch map db sqlite parquet mp3 mp4 wav mov webm eml ics bib tex vtt srt snap'.split(
    ' ',
  ),
])

const CARRIERS = 'files?|scripts?|code|sources?|source files?|modules?|images?|documents?|docs|pages?|programs?|logs?'
const TYPED = new RegExp(String.raw`(?<![\w.])([a-z][a-z0-9]*(?:\+\+|#)?)[- ](?:source )?(?:${CARRIERS})\b`, 'gi')
const ENUMERATED = new RegExp(String.raw`\b((?:[a-z]+(?:,\s*|\s+(?:and|or)\s+))+)(?=[a-z]+\s+(?:${CARRIERS})\b)`, 'gi')
const ALONE = /\b(?:images|pictures|photos|spreadsheets|notebooks|jsons|yamls|csvs|pdfs|scripts in python)\b/gi
const ENDING =
  /(?:extensions?|ending(?: in| with)?|ends? (?:in|with)|suffix)\s+(?:of\s+|is\s+)?["'`*]*\.?([a-z0-9]{1,10})\b/gi
const DOTTED = /(?<=^|\s)\*?\.([a-z0-9]{1,10})(?=\s+(?:files?|scripts?|documents?|ones?)\b)/gi

/** Finds the kinds of files a question names: `Python files`, `a PNG image`, `.toml files`, `ending in .md`. */
export function findFileTypes(text: string): readonly FileType[] {
  const found = new Map<string, FileType>()
  const add = (type: FileType | undefined): void => {
    if (type !== undefined) found.set(type.label, type)
  }
  for (const match of text.matchAll(ENUMERATED)) for (const word of (match[1] ?? '').split(/\W+/)) add(typeOf(word))
  for (const match of text.matchAll(TYPED)) add(typeOf(match[1]))
  for (const match of text.matchAll(ALONE)) add(typeOf(match[0].replace(/s$/, '')))
  for (const match of text.matchAll(ENDING)) add(extensionType(match[1]))
  for (const match of text.matchAll(DOTTED)) add(extensionType(match[1]))
  return [...found.values()]
}

/** Gives the kind of file a single word means, such as `python` or `pictures`. */
function typeOf(word: string | undefined): FileType | undefined {
  const lower = (word ?? '').toLowerCase()
  return BY_WORD.get(lower) ?? BY_WORD.get(lower.replace(/s$/, ''))
}

function extensionType(extension: string | undefined): FileType | undefined {
  if (extension === undefined) return undefined
  const lower = extension.toLowerCase()
  return { label: `.${lower}`, extensions: [lower] }
}
