import type { Readable, Writable } from 'node:stream'

/** A readable stream that may be a terminal. */
export type InputStream = Readable & { readonly isTTY?: boolean | undefined }

/** A writable stream that may be a terminal `columns` characters wide. */
export type OutputStream = Writable & { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined }

/** Everything that a run of the command line takes from the process around it. */
export interface CliInput {
  /** Read only by commands that ask something; a getter keeps the others from opening it. */
  readonly stdin: InputStream
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  /** The environment variables of the process. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /**
   * The absolute directory that relative settings such as `./data` start from, and that may hold a `.env` file. Read only
   * by commands that take settings.
   */
  readonly workingDirectory: string
  /** Version of Node, such as `v20.19.0`, for `doctor`. */
  readonly nodeVersion: string
  /** What `--version` prints. */
  readonly version: string
  /** Aborts the running command; the run then ends with exit code 130. */
  readonly signal: AbortSignal
}
