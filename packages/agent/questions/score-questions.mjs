import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { wrongClaims } from './wrong-claims.mjs'

/** Reads the questions and what their answers must cite. */
export function readQuestions() {
  return JSON.parse(readFileSync(new URL('questions.json', import.meta.url), 'utf8'))
}

/**
 * Asks every question in a session of its own and compares the answers with what they must cite.
 *
 * @param {{ chat: (message: string) => Promise<{ text: string }> }} agent who answers
 * @param {readonly object[]} questions as `readQuestions()` gives them
 * @param {{ dataRoot: string }} options the directory below which the cited files lie
 */
export async function scoreQuestions(agent, questions, { dataRoot }) {
  const failures = []
  let required = 0
  let missing = 0
  for (const question of questions) {
    const { text } = await agent.chat(question.question)
    const citations = [...(question.cites ?? []), ...(question.citesLines ?? [])]
    const missed = missingFrom(text, question)
    required += citations.length
    missing += missed.filter((one) => citations.includes(one)).length
    const wrong = question.absent === true ? claimsOfAbsent(text, dataRoot) : wrongClaims(text, dataRoot)
    if (missed.length > 0 || wrong.length > 0) failures.push({ ...question, missed, wrong, text })
  }
  const wrongCount = failures.reduce((sum, failure) => sum + failure.wrong.length, 0)
  const complete = failures.filter((failure) => failure.missed.length > 0).length
  return { asked: questions.length, complete: questions.length - complete, required, missing, wrongCount, failures }
}

/** Gives the line that sums a score up. */
export function describeScore({ asked, complete, required, missing, wrongCount }) {
  const share = required === 0 ? 100 : (100 * (required - missing)) / required
  return `${complete} of ${asked} questions cite everything required (${share.toFixed(1)} % of ${required} citations), ${wrongCount} wrong claims`
}

function missingFrom(text, { cites = [], citesLines = [], answerIncludes = [] }) {
  return [
    ...cites.filter((path) => !names(text, path)),
    ...citesLines.filter((place) => !citesLine(text, place)),
    ...answerIncludes.filter((part) => !text.includes(part)),
  ]
}

/** A path is named when it does not merely end or begin a longer one. */
function names(text, path) {
  return new RegExp(`(?<![\\p{L}\\p{N}_./-])${escape(path)}(?![\\p{L}\\p{N}_/-])`, 'u').test(text)
}

/** A line is cited by its number or by a range that holds it. */
function citesLine(text, place) {
  const [, path, wanted] = /^(.*):(\d+)$/.exec(place) ?? []
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_./-])${escape(path)}:(\\d+)(?:-(\\d+))?(?!\\d)`, 'gu')
  return [...text.matchAll(pattern)].some(([, from, to]) => Number(from) <= wanted && wanted <= Number(to ?? from))
}

/** Where nothing exists, naming any file as an answer is a wrong claim. */
function claimsOfAbsent(text, dataRoot) {
  return text.split('\n').filter((line) => {
    const path = / — (.+):\d+(?:-\d+)?$/.exec(line)?.[1] ?? /^(.+?):\d+: /.exec(line)?.[1] ?? line
    return path.trim() !== '' && !path.includes('\0') && existsSync(join(dataRoot, path))
  })
}

function escape(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
