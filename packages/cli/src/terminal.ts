import picocolors from 'picocolors'
import { CliError } from './cli-error.js'
import type { CliInput, OutputStream } from './cli-input.js'

/** The standard streams of one run: answers go to stdout, progress and notices to stderr. */
export class Terminal {
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  /** Colours for stdout; plain unless stdout is a terminal that wants them. */
  readonly colors: ReturnType<typeof picocolors.createColors>
  /** Colours for stderr; plain unless stderr is a terminal that wants them. */
  readonly errorColors: ReturnType<typeof picocolors.createColors>
  /** Aborted when the reader of stdout went away, as `head -1` does. */
  readonly closed: AbortSignal
  readonly #closing = new AbortController()
  readonly #queued: Promise<void>[] = []
  #failure: Error | undefined

  constructor(input: Pick<CliInput, 'stdout' | 'stderr' | 'environment'>) {
    this.stdout = input.stdout
    this.stderr = input.stderr
    this.closed = this.#closing.signal
    this.colors = picocolors.createColors(wantsColors(input.stdout, input.environment))
    this.errorColors = picocolors.createColors(wantsColors(input.stderr, input.environment))
    input.stdout.on('error', this.#outputFailed)
    input.stderr.on('error', ignoreError)
  }

  /**
   * Writes an answer to stdout and waits until it was taken; writes nothing once the reader is gone.
   *
   * @throws CliError `CLI_OUTPUT_FAILED` when stdout cannot be written, for example because the disk is full
   */
  async print(text: string | Uint8Array): Promise<void> {
    if (text.length === 0 || this.closed.aborted) return
    await new Promise<void>((resolve) =>
      this.stdout.write(text, (error) => {
        if (error) this.#outputFailed(error)
        resolve()
      }),
    )
    if (this.#failure === undefined) return
    throw new CliError('CLI_OUTPUT_FAILED', `Cannot write to standard output: ${this.#failure.message}`, {
      cause: this.#failure,
    })
  }

  /** Writes a JSON document to stdout, indented unless it belongs to a stream of one document a line. */
  async printJson(document: unknown, options: { readonly compact?: boolean } = {}): Promise<void> {
    await this.print(`${JSON.stringify(document, null, options.compact === true ? 0 : 2)}\n`)
  }

  /** Writes one line to stderr. */
  async note(line: string): Promise<void> {
    await this.writeError(`${line}\n`)
  }

  /** Writes text to stderr as it is. */
  async writeError(text: string): Promise<void> {
    await new Promise<void>((resolve) => this.stderr.write(text, () => resolve()))
  }

  /** Takes text that cannot be waited for at once, such as help; {@link flush} waits for it. */
  queue(stream: 'stdout' | 'stderr', text: string): void {
    this.#queued.push(stream === 'stdout' ? this.print(text) : this.writeError(text))
  }

  /** Waits until everything queued was taken. */
  async flush(): Promise<void> {
    await Promise.all(this.#queued.splice(0))
  }

  /** Forgets the streams, which stay open. */
  async release(): Promise<void> {
    // A stream reports an error to the writer first and emits it a moment later.
    await new Promise((resolve) => setImmediate(resolve))
    this.stdout.off('error', this.#outputFailed)
    this.stderr.off('error', ignoreError)
  }

  readonly #outputFailed = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') this.#failure = error
    this.#closing.abort()
  }
}

/** A lost stderr must not end a command whose answer is still being written. */
function ignoreError(): void {}

/** Follows https://no-color.org: any non-empty NO_COLOR turns colours off. */
function wantsColors(stream: OutputStream, environment: CliInput['environment']): boolean {
  if (environment['NO_COLOR'] !== undefined && environment['NO_COLOR'] !== '') return false
  return stream.isTTY === true && environment['TERM'] !== 'dumb'
}
