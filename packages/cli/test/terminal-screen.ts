import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'

/** What a person would see, fed by several streams that claim to be terminals. */
export class TerminalScreen {
  #unread = ''
  #changed: () => void = () => {}

  /** Gives a stream whose text ends up on the screen. */
  stream(): PassThrough & { readonly isTTY: true } {
    const stream = Object.assign(new PassThrough(), { isTTY: true } as const)
    stream.setEncoding('utf8').on('data', (text: string) => {
      this.#unread += stripVTControlCharacters(text)
      this.#changed()
    })
    return stream
  }

  /** Waits until what nobody has waited for yet matches, and takes it. */
  async shows(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#unread)) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve
      })
    }
    const seen = this.#unread
    this.#unread = ''
    return seen
  }
}
