/** Gives a line without its end when it is too long, with a remark that says how much is missing. */
export function cutLine(line: string, maximumCharacters: number): { text: string; cut: boolean } {
  const ending = /\r?\n$/.exec(line)?.[0] ?? ''
  const content = line.slice(0, line.length - ending.length)
  if (content.length <= maximumCharacters) return { text: line, cut: false }
  const kept = sliceWhole(content, maximumCharacters)
  return { text: `${kept} [${content.length - kept.length} more characters]${ending}`, cut: true }
}

/** Gives at most the first `maximum` UTF-16 units of a text without splitting a surrogate pair. */
export function sliceWhole(text: string, maximum: number): string {
  const last = text.charCodeAt(maximum - 1)
  const splits = maximum < text.length && last >= 0xd800 && last <= 0xdbff
  return text.slice(0, splits ? maximum - 1 : maximum)
}

/** Gives the longest start of a text that takes at most `maximumBytes` as UTF-8 without splitting a code point. */
export function sliceBytes(text: string, maximumBytes: number): string {
  let bytes = 0
  let end = 0
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > maximumBytes) break
    end += character.length
  }
  return text.slice(0, end)
}
