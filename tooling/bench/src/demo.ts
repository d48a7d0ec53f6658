import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { parseDemoRow, type DemoRow } from './demo/demo-row.js'
import { renderTable } from './demo/render-table.js'

const sampleData = fileURLToPath(new URL('../../../data', import.meta.url))
const session = fileURLToPath(new URL('demo/demo-session.js', import.meta.url))

const PAUSE_AFTER_EDIT_MS = 300

const QUESTIONS = [
  'Read data/projects/project-alpha/README.md',
  'Find all Python files in data/',
  'Search for TODO in data/projects/',
] as const

const directory = mkdtempSync(join(tmpdir(), 'fsagent-demo-'))
try {
  const dataRoot = join(directory, 'data')
  cpSync(sampleData, dataRoot, { recursive: true })
  console.log(`fsagent demo: three questions about a copy of the sample data, answered by the embedded planner\n`)
  const rows = [...(await firstProcess(dataRoot)), ...(await laterProcess(dataRoot))]
  console.log(renderTable(rows))
  console.log(
    'executed: the file was read or the search was run; cache hit: nothing but a proof that nothing had changed;',
  )
  console.log('repaired: only the changed files were searched again; confirmed: read again, found to be the same.')
} finally {
  rmSync(directory, { recursive: true, force: true })
}

async function firstProcess(dataRoot: string): Promise<readonly DemoRow[]> {
  const readme = join(dataRoot, 'projects', 'project-alpha', 'README.md')
  await using process = startSession(dataRoot)
  const cold = await process.ask('cold')
  const warm = await process.ask('warm')
  appendFileSync(readme, '\nTODO: this line was added by the demo\n')
  // Nobody asks within a tick of the file system's clock; whoever does gets the file checked by content once more.
  await setTimeout(PAUSE_AFTER_EDIT_MS)
  const edited = await process.ask('after an edit')
  return [...cold, ...warm, ...edited]
}

async function laterProcess(dataRoot: string): Promise<readonly DemoRow[]> {
  await using process = startSession(dataRoot)
  return await process.ask('after a restart')
}

interface Session extends AsyncDisposable {
  ask(phase: string): Promise<readonly DemoRow[]>
}

/** A process of its own, so that a restart is a restart and only the directory is shared. */
function startSession(dataRoot: string): Session {
  const child = execa(process.execPath, [session, dataRoot, join(directory, 'cache')], {
    stderr: 'inherit',
    buffer: false,
  })
  const lines = child.iterable()
  return {
    ask: async (phase) => {
      const rows: DemoRow[] = []
      for (const question of QUESTIONS) {
        child.stdin.write(`${question}\n`)
        const line = await lines.next()
        if (line.done === true) throw new Error(`Cannot answer "${question}": the session ended early`)
        rows.push(parseDemoRow(line.value, { phase, question }))
      }
      return rows
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin.end()
      await child
    },
  }
}
