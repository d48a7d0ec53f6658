import { type DataRoot, type FileOpener, type ReadResult, sameSignature } from '@fsagent/file-state'

/** Gives the bytes of a file in place of the cache's own reading; `realPath` is relative to the root. */
export type ContentLoader = (realPath: string) => Uint8Array | Promise<Uint8Array>

/** How a file is read. */
export interface ReadContentOptions {
  /** Bytes. */
  readonly maxFileSize: number
  readonly loader?: ContentLoader | undefined
  /** What opens the file, unless the loader does. */
  readonly opener?: FileOpener | undefined
}

/**
 * Reads a file, by the loader when there is one.
 *
 * @throws FileStateError as `DataRoot.readFile()`
 */
export function readContent(root: DataRoot, realPath: string, options: ReadContentOptions): Promise<ReadResult> {
  const { maxFileSize, loader, opener = root } = options
  if (loader === undefined) return root.readFile(realPath, { maxBytes: maxFileSize, opener })
  return readByLoader(root, realPath, loader)
}

/** What a loader gives is stored only when the file looked the same before and after, and has that many bytes. */
async function readByLoader(root: DataRoot, realPath: string, loader: ContentLoader): Promise<ReadResult> {
  const readStartedNs = root.nowNs()
  const before = root.stat(realPath)
  const bytes = Uint8Array.from(await loader(before.realPath))
  const after = root.stat(realPath)
  const stable = before.realPath === after.realPath && sameSignature(before.signature, after.signature)
  return {
    bytes,
    signature: before.signature,
    readStartedNs,
    stable: stable && BigInt(bytes.byteLength) === before.signature.size,
    racy: root.isRacy(before.realPath, before.signature, readStartedNs),
    realPath: before.realPath,
  }
}
