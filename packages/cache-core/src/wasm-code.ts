/** Bytes of a WebAssembly module or of instructions in it. */
export type Code = readonly number[]

/** What a module begins with, its version in the end. */
const magic = [0, ...text('asm'), 1, 0, 0, 0]

const variable = 0x20
const vector = 0xfd
const bulk = 0xfc

/** What an instruction is called in WebAssembly's own text format, and its bytes. Alignment is 16 bytes, or 4. */
export const wasm = {
  get: (local: number): Code => [variable, local],
  set: (local: number): Code => [variable + 1, local],
  tee: (local: number): Code => [variable + 2, local],
  i32: (value: number): Code => [0x41, ...signed(value)],
  i32Load: [0x28, 2, 0],
  i32Store: [0x36, 2, 0],
  i32LessUnsigned: [0x49],
  i32Add: [0x6a],
  i32Subtract: [0x6b],
  i32And: [0x71],
  i32Xor: [0x73],
  v128Load: (offset: number): Code => [vector, 0, 4, ...unsigned(offset)],
  v128Store: (offset: number): Code => [vector, 11, 4, ...unsigned(offset)],
  v128Xor: [vector, 0x51],
  memoryCopy: [bulk, 10, 0, 0],
  memoryFill: [bulk, 11, 0],
  /** Runs a body that leaves a number, again and again until that is 0. */
  loopWhile: (body: Code): Code => [0x03, 0x40, ...body, 0x0d, 0, 0x0b],
} as const

/**
 * A module with memory of so many pages of 64 KiB, `memory`, and one function, `run`, which takes two numbers of 32
 * bits and has one such variable besides.
 */
export function wasmModule(pages: number, run: Code): Uint8Array<ArrayBuffer> {
  const i32 = 0x7f
  const body = [1, 1, i32, ...run, 0x0b]
  return Uint8Array.from([
    ...magic,
    ...section(1, [0x60, 2, i32, i32, 0]),
    ...section(3, [0]),
    ...section(5, [0, ...unsigned(pages)]),
    ...section(7, [6, ...text('memory'), 2, 0], [3, ...text('run'), 0, 0]),
    ...section(10, [...unsigned(body.length), ...body]),
  ])
}

function section(id: number, ...items: readonly Code[]): Code {
  const content = [items.length, ...items.flat()]
  return [id, ...unsigned(content.length), ...content]
}

function text(ascii: string): Code {
  return [...Buffer.from(ascii)]
}

/** LEB128: seven bits in each byte, the lowest first. */
function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}

function signed(value: number): Code {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)]
}
