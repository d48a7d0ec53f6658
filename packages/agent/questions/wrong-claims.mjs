import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What an answer says of a place instead of quoting it: how many lines there are. */
const STATEMENT = /^(?:- )?(?:(?:All|First:|Second:|Line|Lines)\s)?[\d ]+(?:to [\d ]+)?(?:of [\d ]+)?(?:line|word|byte|row)s?\b/
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
  if (!countsRows(row, claim.path, dataRoot)) return false
  if (STATEMENT.test(row)) return line !== undefined || lines.length === 0
  const quoted = claim.claim.replace(/^- /, '').trim()
  return line !== undefined && (line.includes(quoted) || (quoted.endsWith('…') && line.includes(quoted.slice(0, -1))))
}

/** Whether a statement about the rows of a table is true; any other statement is. */
function countsRows(row, path, dataRoot) {
  const said = /^(?<count>[\d ]+) rows? (?:below the header|of (?<total>\d+) with (?<column>\S+) "(?<value>[^"]*)")/.exec(row)?.groups
  if (said === undefined) return true
  const [header, ...rows] = tableOf(readFileSync(join(dataRoot, path), 'utf8').replace(/^\uFEFF/, ''))
  if (said.total !== undefined && Number(said.total) !== rows.length) return false
  const column = header.indexOf(said.column)
  const found = said.column === undefined ? rows : rows.filter((cells) => cells[column]?.toLowerCase() === said.value.toLowerCase())
  return found.length === Number(said.count.replaceAll(' ', ''))
}

/** Comma-separated values, character by character: not the way in which the planner reads them. */
function tableOf(text) {
  const rows = [['']]
  let quoted = false
  for (const character of text) {
    const row = rows.at(-1)
    if (character === '"') quoted = !quoted
    else if (character === ',' && !quoted) row.push('')
    else if (character === '\n' && !quoted) rows.push([''])
    else if (character !== '\r') row[row.length - 1] += character
  }
  return rows.filter((row) => row.length > 1)
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
