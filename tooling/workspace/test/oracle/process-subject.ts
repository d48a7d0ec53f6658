import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { AgentOptions } from '@fsagent/agent'
import type { Answer, Query, Subject } from '@fsagent/testing'

/** Where an agent runs. */
export interface ProcessSettings {
  readonly options: AgentOptions
  /** Directories that the process may watch, by a limit of the kernel; as many as it likes by default. */
  readonly mostWatches?: number
}

const script = fileURLToPath(new URL('agent-process.mjs', import.meta.url))

/** An agent in a process of its own. */
export function processSubject(settings: ProcessSettings): Subject {
  const agent = new AgentProcess(settings)
  return {
    name: 'process',
    answer: (query) => agent.answer(query),
    restart: () => agent.end(),
    stop: () => agent.signal('SIGSTOP'),
    resume: () => agent.signal('SIGCONT'),
    close: () => agent.end(),
  }
}

class AgentProcess {
  readonly #settings: ProcessSettings
  readonly #waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>()
  #child: ChildProcess | undefined
  #asked = 0

  constructor(settings: ProcessSettings) {
    this.#settings = settings
  }

  async answer(query: Query): Promise<Answer> {
    this.#child ??= this.#start()
    const [child, id] = [this.#child, (this.#asked += 1)]
    return await new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      child.send({ id, query })
    })
  }

  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(name)
  }

  /** Lets it close its cache and waits for its end. */
  async end(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (child === undefined || child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.disconnect()
    await ended
  }

  #start(): ChildProcess {
    const [command = '', ...args] = commandLine(this.#settings)
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    child.on('message', ({ id, answer }: { id: number; answer: Answer }) => {
      this.#waiting.get(id)?.resolve(answer)
      this.#waiting.delete(id)
    })
    child.on('exit', (code, signal) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`The agent ended: ${signal ?? code}`))
      this.#waiting.clear()
    })
    return child
  }
}

/** The limit belongs to a user namespace, so that nobody else on the machine notices. */
function commandLine({ options, mostWatches }: ProcessSettings): readonly string[] {
  const command = [process.execPath, script, JSON.stringify(options)]
  if (mostWatches === undefined) return command
  const limit = `echo ${mostWatches} > /proc/sys/user/max_inotify_watches && exec "$@"`
  return ['unshare', '--user', '--map-root-user', 'sh', '-c', limit, 'sh', ...command]
}
