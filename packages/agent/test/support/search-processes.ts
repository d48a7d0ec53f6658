import { readdirSync, readFileSync } from 'node:fs'

/** Gives the ids of the child processes of this one whose arguments hold a text; Linux only. */
export function childrenWith(text: string): number[] {
  const tasks = readdirSync('/proc/self/task')
  const children = tasks.flatMap((task) => readNow(`/proc/self/task/${task}/children`).trim().split(' '))
  // A process that has ended but was not waited for has no arguments any more.
  return children.filter((id) => id !== '' && readNow(`/proc/${id}/cmdline`).includes(text)).map(Number)
}

/** Processes and threads come and go between listing and reading them. */
function readNow(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ESRCH') return ''
    throw error
  }
}
