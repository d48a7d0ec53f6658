import type { Terminal } from '../terminal.js'

const WIDTH = 30

/** A bar on stderr that is redrawn in place; where stderr is no terminal it draws nothing. */
export class ProgressBar {
  readonly #terminal: Terminal
  readonly #enabled: boolean
  #drawn = ''

  constructor(terminal: Terminal, options: { readonly quiet: boolean }) {
    this.#terminal = terminal
    this.#enabled = terminal.stderr.isTTY === true && !options.quiet
  }

  /** Shows how many of how many are done; draws only when that looks different. */
  update(done: number, total: number): void {
    if (!this.#enabled) return
    const share = total === 0 ? 1 : done / total
    const filled = Math.round(share * WIDTH)
    const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${Math.floor(share * 100)}% ${done}/${total}`
    if (bar === this.#drawn) return
    this.#drawn = bar
    this.#terminal.queue('stderr', `\r\u001B[K${bar}`)
  }

  /** Takes the bar away, so that what follows starts on an empty line. */
  clear(): void {
    if (this.#drawn !== '') this.#terminal.queue('stderr', '\r\u001B[K')
    this.#drawn = ''
  }
}
