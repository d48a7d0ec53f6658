import { expect, test } from 'vitest'
import { wrongClaims } from '../../questions/wrong-claims.mjs'
import { PLANNER_NOTICE } from '../../src/planner/create-planner.js'
import { openAgent } from '../support/open-agent.js'

const TREE = {
  'README.md': '# Orchard\n\nA shop for apples.\n\n## Opening hours\n\nWe open at nine and close at six.\n',
  'handbook/returns-policy.md':
    '# Returns policy\n\nOwner: Ada Quince.\n\n## Deadline\n\nCustomers may send goods back\nwithin 21 days of delivery.\n',
  'handbook/meetings/2025-02-03-harvest.md': '# Harvest meeting\n\n- Ladders were ordered for 400 euros.\n',
  'services/web/server.ts':
    "// Serves the shop\nexport function startServer(port: number) {\n  return port\n}\nimport 'redis'\n",
  'services/jobs/run.py':
    '"""Nightly jobs."""\n\nRETRY_LIMIT = 3\n\n\ndef run_jobs():\n    # TODO: log more\n    return RETRY_LIMIT\n',
  'services/jobs/redis.md': '# Queue\n\nJobs wait in Redis.\n',
  'logs/app.log': Array.from(
    { length: 40 },
    (_, index) => `line ${String(index + 1)} ${index % 10 === 0 ? 'ERROR' : 'ok'}`,
  ).join('\n'),
}

async function answersTo(...questions: readonly string[]): Promise<readonly string[]> {
  await using open = await openAgent(TREE)
  const texts: string[] = []
  let sessionId: string | undefined
  for (const question of questions) {
    const answer = await open.agent.chat(question, { sessionId })
    sessionId = answer.sessionId
    expect(wrongClaims(answer.text, open.root)).toEqual([])
    texts.push(answer.text.replace(PLANNER_NOTICE, '').trim())
  }
  return texts
}

test.each([
  ['list handbook', 'handbook holds 1 folder and 1 file:\nhandbook/meetings/\nhandbook/returns-policy.md'],
  ['find all python files', 'Found 1 file (python file):\nservices/jobs/run.py'],
  ['where is run_jobs defined?', 'run_jobs is defined here:\n- def run_jobs(): — services/jobs/run.py:6'],
  ['search for ladders', 'handbook/meetings/2025-02-03-harvest.md:3: - Ladders were ordered for 400 euros.'],
  ['search for "nine   ladders"', 'Nothing found: no line matches "nine   ladders"'],
  [
    'how many lines does logs/app.log have?',
    '40 lines, the last without a newline (120 words, 442 bytes) — logs/app.log:1',
  ],
  ['count ERROR in the log', '4 lines in 1 file match "ERROR"'],
  ['lines 2-3 of logs/app.log', 'Lines 2 to 3 of 40 lines — logs/app.log:2-3\n```\nline 2 ok\nline 3 ok\n```'],
  ['show the harvest meeting', 'All 3 lines — handbook/meetings/2025-02-03-harvest.md:1-3'],
  [
    'what did the meeting of 3 February 2025 order?',
    'Ladders were ordered for 400 euros. — handbook/meetings/2025-02-03-harvest.md:3',
  ],
  ['how long can customers return goods?', 'within 21 days of delivery. — handbook/returns-policy.md:8'],
  ['summarise the returns policy', 'Owner: Ada Quince. — handbook/returns-policy.md:3'],
  ['which services use Redis?', 'services/jobs:\n- Jobs wait in Redis. — services/jobs/redis.md:3'],
  ['compare README.md with services/jobs/redis.md', 'Only in the second:\n- Queue — services/jobs/redis.md:1'],
  ['what is the moon made of?', 'I found nothing that answers this.'],
  ['what is our dental insurance policy?', 'I found nothing that answers this.'],
  ['read ../../etc/passwd', 'PATH_OUTSIDE_ROOT'],
  ['search for /(unclosed/', 'SEARCH_INVALID_PATTERN'],
  ['show lines 90-95 of logs/app.log', 'There is no line 90: logs/app.log has 40 lines.'],
])('the answer to %j', async (question, expected) => {
  const [text] = await answersTo(question)
  expect(text).toContain(expected)
})

test('a follow-up is completed from the questions and answers before it', async () => {
  const texts = await answersTo(
    'show the first 2 lines of logs/app.log',
    'and the last line?',
    'how many lines does it have?',
    'search for redis in services/jobs',
    'and in services/web?',
  )
  expect(texts[1]).toContain('Line 40 of 40 lines — logs/app.log:40')
  expect(texts[2]).toContain('— logs/app.log:1')
  expect(texts[4]).toContain("services/web/server.ts:5: import 'redis'")
})

test('"it" in a question of its own is no follow-up', async () => {
  const texts = await answersTo('show README.md', 'is it possible to send goods back?')
  expect(texts[1]).toContain('handbook/returns-policy.md:7')
})

test('a search that finds nothing as written says how it was widened', async () => {
  const [text] = await answersTo('search for "LADDERS"')
  expect(text).toContain('nothing matches "LADDERS" exactly, so this is ignoring case')
})

test('only the first answer of a session says that no language model speaks', async () => {
  await using open = await openAgent(TREE)
  const first = await open.agent.chat('list handbook')
  const second = await open.agent.chat('list logs', { sessionId: first.sessionId })
  expect(first.text).toContain(PLANNER_NOTICE)
  expect(second.text).not.toContain(PLANNER_NOTICE)
})
