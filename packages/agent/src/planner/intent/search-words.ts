/** Words of our own language of files that are written in capitals and are no text to search for. */
const QUIET =
  'README|CSV|TSV|JSON|YAML|YML|TOML|SQL|PNG|JPG|JPEG|GIF|SVG|PDF|HTML|CSS|XML|ADR|ADRS|FAQ|CHANGELOG|LICENSE|ALL|AND|THE|FILES|FILE'

/** A word in capitals such as TODO or FIXME: a marker people look for. */
export const LOUD = String.raw`(?!(?:${QUIET})(?:s|\b))[A-Z][A-Z0-9_-]{2,}`

/** Markers spelled like ordinary words: `todos`, or `todo` with a noun that makes it one. */
export const MARKERS = String.raw`(?:[Tt]o-?dos|[Ff]ixmes|(?:[Tt]odo|[Ff]ixme)(?=\s+(?:comments?|items?|entries|markers?|notes|lines?)))`

/** Lets a verb begin with a capital where the rest of a form must tell capitals apart. */
export function anyInitial(words: string): string {
  return words.replace(/(?<=^|\|)[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)
}

/** Verbs by which a file holds a text. */
export const MENTION =
  'mentions?|mentioned|contains?|includes?|talks? about|speaks? (?:of|about)|refers? to|references?|imports?|discuss(?:es)?|match(?:es)?|says?|calls?(?= \\S*(?:\\(|_|[a-z][A-Z])| ‹)|uses?|cites?|has the (?:word|text|string)|have the (?:word|text|string)|names?(?= ‹)'

/** Nouns for things whose text can be searched. */
export const KIND = String.raw`(?:(?:\w+[+#]*\s+)?(?:files?|documents?|docs|pages?|scripts?|modules?|sources?|code|lines?|notes?|tests?|logs?|policies|records?|articles?|chapters?|folders?|director(?:y|ies)|(?:configuration|config)(?:\s+files?)?))`
