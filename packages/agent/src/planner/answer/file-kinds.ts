/** How likely a kind of file is to explain something: generated files, tests and code explain less than prose. */
const KINDS: readonly (readonly [pattern: RegExp, factor: number])[] = [
  [/(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml|yarn\.lock|[^/]+\.lock)$|\.min\.\w+$|\.map$|\.snap$/i, 0.2],
  [/(?:^|\/)(?:tests?|__tests__|specs?|fixtures)\/|[._-](?:test|spec)s?\.\w+$|(?:^|\/)test_[^/]+$/i, 0.6],
  [/(?:^|\/)(?:changelog|history|changes)\b[^/]*$/i, 0.6],
  [/\.(?:log|jsonl|ndjson)$/i, 0.7],
  [/\.(?:toml|ya?ml|json|ini|cfg|conf|env|properties|sql)$/i, 0.95],
  [/\.(?:md|markdown|mdx|txt|rst|adoc|csv|tsv)$/i, 1.15],
]
const OTHER = 0.8

/** Gives the factor by which a file's kind raises or lowers what it says about an open question. */
export function kindFactor(path: string): number {
  return KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? OTHER
}

/** True for logs and tables, where each line stands for itself. */
export function holdsRecords(path: string): boolean {
  return /\.(?:log|jsonl|ndjson|csv|tsv)$/i.test(path)
}
