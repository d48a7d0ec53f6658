import { crc32 } from 'node:zlib'
import { foldingEnd, foldingModule, mostBytes, restBytes } from './crc-folding.js'

/** Fewer bytes are summed up by zlib as fast. */
const fewestBytes = 6144

/** Sums until folding is prepared: that takes a millisecond or two, which a process that ends soon would not get back. */
const worthwhileAfter = 2048

/** Where bytes are folded, and what is left of them. */
interface Folding {
  readonly memory: Uint8Array
  readonly rest: Uint8Array
  readonly run: (start: number, state: number) => void
}

/** As much of WebAssembly as is used: the library types know it in browsers only. */
interface WebAssemblyTypes {
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (module: object) => {
    readonly exports: { readonly memory: { readonly buffer: ArrayBuffer }; readonly run: Folding['run'] }
  }
}

let asked = 0
let folding: Folding | undefined

/**
 * What `zlib.crc32` gives, which Node has without the instructions for it: bytes are folded by WebAssembly first, 16 at
 * a time, and what is left is a twelfth of 16 KiB. `before` is the checksum of what comes before the bytes.
 */
export function fastCrc32(bytes: Uint8Array, before: number): number {
  const { length } = bytes
  if (length < fewestBytes || length > mostBytes) return crc32(bytes, before)
  asked += 1
  if (asked === worthwhileAfter) folding = openFolding()
  if (folding === undefined) return crc32(bytes, before)
  const start = foldingEnd - length
  folding.memory.set(bytes, start)
  folding.run(start, ~before)
  return crc32(folding.rest, 0xff_ff_ff_ff)
}

/** `undefined` where there is no WebAssembly, or no memory for it: zlib goes on then. */
function openFolding(): Folding | undefined {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every engine has these two classes, or no WebAssembly
    const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyTypes }).WebAssembly
    const { memory, run } = new Instance(new Module(foldingModule())).exports
    const bytes = new Uint8Array(memory.buffer)
    return { memory: bytes, rest: bytes.subarray(foldingEnd, foldingEnd + restBytes), run }
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}
