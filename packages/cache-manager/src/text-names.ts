/**
 * Endings of files that nearly always are text. They spare a look at the beginning of the file before it is read; what
 * is in the file decides.
 */
const textEndings: ReadonlySet<string> = new Set(
  (
    'txt md markdown rst adoc log csv tsv json jsonl ndjson json5 yaml yml toml ini cfg conf env xml html htm css scss ' +
    'less js mjs cjs jsx ts mts cts tsx vue svelte py pyi rb php pl lua r jl go rs c h cc cpp cxx hpp hh java kt kts ' +
    'scala swift m mm cs fs vb dart ex exs erl hs clj sql graphql proto sh bash zsh fish ps1 bat tf gradle cmake tex'
  ).split(' '),
)

/** Whether a file's name says that it is text. */
export function hasTextName(path: string): boolean {
  const ending = path.slice(path.lastIndexOf('.') + 1)
  return textEndings.has(ending.toLowerCase())
}
