import { createInterface } from 'node:readline'
import type { Interface } from 'node:readline'
import { CliError } from '../cli-error.js'
import type { CommandContext } from '../command.js'

/** Answers one question; the signal ends that answer alone. */
export type Answer = (question: string, signal: AbortSignal) => Promise<void>

const farewells: ReadonlySet<string> = new Set(['exit', 'quit'])

/**
 * Reads questions until the input ends. On a terminal there is a prompt with line editing and history; Ctrl-C ends the
 * answer that is being given, or the conversation when none is.
 */
export async function askFromInput(context: CommandContext, answer: Answer): Promise<void> {
  const { input, terminal, signal } = context
  const interactive = input.stdin.isTTY === true
  if (interactive) await terminal.note(terminal.errorColors.dim('Ask about your files; "exit" or Ctrl-D ends.'))
  const lines = createInterface({
    input: input.stdin,
    ...(interactive ? { output: input.stderr, prompt: `${terminal.errorColors.cyan('?')} ` } : {}),
    terminal: interactive,
    historySize: 1000,
    removeHistoryDuplicates: true,
  })
  const turn = new Turn(lines)
  const stop = (): void => lines.close()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) lines.close()
  else if (interactive) lines.prompt()
  for await (const line of lines) {
    const question = line.trim()
    if (interactive && farewells.has(question)) break
    if (question !== '') await answer(question, AbortSignal.any([signal, turn.begin()]))
    turn.end()
    if (signal.aborted) break
    if (interactive) lines.prompt()
  }
  lines.close()
  signal.removeEventListener('abort', stop)
  if (turn.interrupted) throw new CliError('CLI_INTERRUPTED', 'Interrupted')
}

/** The answer that is being given, if any, as Ctrl-C sees it: in raw mode it is a key, not a signal. */
class Turn {
  /** Whether Ctrl-C ended the conversation. */
  interrupted = false
  #current: AbortController | undefined

  constructor(lines: Interface) {
    lines.on('SIGINT', () => {
      if (this.#current !== undefined) {
        this.#current.abort()
        return
      }
      this.interrupted = true
      lines.close()
    })
  }

  begin(): AbortSignal {
    this.#current = new AbortController()
    return this.#current.signal
  }

  end(): void {
    this.#current = undefined
  }
}
