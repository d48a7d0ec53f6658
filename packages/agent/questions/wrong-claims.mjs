import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What an answer says of a place instead of quoting it: how many lines there are. */
const STATEMENT = /^(?:- )?(?:(?:All|First:|Second:|Line|Lines)\s)?[\d ]+(?:to [\d ]+)?(?:of [\d ]+)?(?:line|word|byte)s?\b/
const CITED = /^(?<claim>.*) — (?<path>.+):(?<from>\d+)(?:-(?<to>\d+))?$/
const MATCH = /^(?<path>.+?):(?<from>\d+): (?<claim>.*)$/

/**
 * Gives the lines of an answer that claim something false: a file or a line that does not exist, a text that does not
 * stand on the line it is said to stand on, or a block of lines that differs from the file.
 */
export function wrongClaims(text, dataRoot) {
  const wrong = []
  const rows = text.split('\n')
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index]
    const fence = /^`{3,}$/.exec(rows[index + 1] ?? '')?.[0]
    const cited = CITED.exec(row)?.groups
    if (cited !== undefined && fence !== undefined) {
      const end = rows.indexOf(fence, index + 2)
      if (!isBlock(rows.slice(index + 2, end), cited, dataRoot)) wrong.push(row)
      index = end
    } else if (/^`{3,}$/.test(row)) {
      index = rows.indexOf(row, index + 1)
    } else if (!isTrue(row, cited, dataRoot)) {
      wrong.push(row)
    }
  }
  return wrong
}

function isTrue(row, cited, dataRoot) {
  const claim = cited ?? MATCH.exec(row)?.groups
  if (claim === undefined) return true
  const lines = linesOf(claim.path, dataRoot)
  if (lines === undefined) return cited === undefined
  const line = lines[Number(claim.from) - 1]
  if (STATEMENT.test(row)) return line !== undefined || lines.length === 0
  const quoted = claim.claim.replace(/^- /, '').trim()
  return line !== undefined && (line.includes(quoted) || (quoted.endsWith('…') && line.includes(quoted.slice(0, -1))))
}

function isBlock(block, { path, from, to }, dataRoot) {
  const lines = linesOf(path, dataRoot)?.slice(Number(from) - 1, Number(to ?? from))
  return lines !== undefined && lines.join('\n') === block.join('\n')
}

function linesOf(path, dataRoot) {
  const file = join(dataRoot, path)
  if (path.includes('\0') || !existsSync(file) || !statSync(file).isFile()) return undefined
  const lines = readFileSync(file, 'utf8').replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}
