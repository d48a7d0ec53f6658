import type { Terminal } from '../terminal.js'

const WIDTH = 30

/** A bar on stderr that is redrawn in place; where stderr is no terminal it draws nothing. */
export class ProgressBar {
  readonly #terminal: Terminal
  readonly #enabled: boolean
  #drawnPercent: number | undefined

  constructor(terminal: Terminal, options: { readonly quiet: boolean }) {
    this.#terminal = terminal
    this.#enabled = terminal.stderr.isTTY === true && !options.quiet
  }

  /** Shows how many of how many are done; draws once per percent, however many there are. */
  update(done: number, total: number): void {
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100)
    if (!this.#enabled || percent === this.#drawnPercent) return
    this.#drawnPercent = percent
    const filled = Math.round((percent / 100) * WIDTH)
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
    this.#terminal.queue('stderr', `\r\u001B[K${bar} ${percent}% ${done}/${total}`)
  }

  /** Takes the bar away, so that what follows starts on an empty line. */
  clear(): void {
    if (this.#drawnPercent !== undefined) this.#terminal.queue('stderr', '\r\u001B[K')
    this.#drawnPercent = undefined
  }
}
