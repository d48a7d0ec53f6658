import { wasm, wasmModule, type Code } from './wasm-code.js'

/*
 * CRC-32 takes bytes for a polynomial, and is what that leaves when it is divided by another one, P. Moving a block of
 * 16 bytes by one block towards the front multiplies it by z = x^128. Modulo P the sum of all powers of z below is 0, so
 * a block leaves as much as copies of it do at six places behind it, the last one 123 blocks away: it can be
 * taken out and added (which is XOR) there. Done with all blocks from front to back, only the last 123 have anything in
 * them, and are summed up in the usual way. The powers were found by trying: fewer of them would end later, and leave
 * more to be summed up.
 */
const powers = [0, 45, 53, 74, 80, 120] as const
const lastPower = 123

const blockBytes = 16

/** Bytes that {@link foldingModule} leaves to be summed up. */
export const restBytes = lastPower * blockBytes

/** Bytes that may be folded at a time. */
export const mostBytes = 65_536

/** Bytes that are to be folded end here in memory; what is left begins here. Before their beginning there are zeros. */
export const foldingEnd = mostBytes + 4096

const pages = 2

/** The local variables: where the bytes begin, the state of the checksum before them, a place on the way. */
const [start, state, place] = [0, 1, 2]

/**
 * A WebAssembly module that folds the bytes before {@link foldingEnd} in its `memory`: `run(start, state)`. They must be
 * more than twice {@link restBytes}.
 */
export function foldingModule(): Uint8Array<ArrayBuffer> {
  const { get, set, i32 } = wasm
  const restStart = foldingEnd - restBytes
  const instructions: readonly Code[] = [
    // Zeros in all places that the first blocks look back at.
    [...get(start), ...i32(-blockBytes), ...wasm.i32And, ...i32(restBytes), ...wasm.i32Subtract, ...set(place)],
    [...get(place), ...i32(0), ...get(start), ...get(place), ...wasm.i32Subtract, ...wasm.memoryFill],
    // What comes before belongs to the first four bytes.
    [...get(start), ...get(start), ...wasm.i32Load, ...get(state), ...wasm.i32Xor, ...wasm.i32Store],
    // The place is one that is looked back at furthest, so that no offset is negative.
    foldUntil(restStart - restBytes, restBytes),
    // The last blocks get what the others have for them, and give nothing on.
    [...i32(foldingEnd), ...i32(restStart), ...i32(restBytes), ...wasm.memoryCopy],
    [...i32(restStart), ...i32(0), ...i32(restBytes), ...wasm.memoryFill],
    foldUntil(restStart, foldingEnd - (restStart - restBytes)),
  ]
  return wasmModule(pages, instructions.flat())
}

/** Adds to each block what is in those that lie before it, until the place is the given one; a block is `ahead` of it. */
function foldUntil(end: number, ahead: number): Code {
  const { get, tee, i32 } = wasm
  const load = (offset: number): Code => [...get(place), ...wasm.v128Load(offset)]
  const before = powers.flatMap((power) => [...load(power * blockBytes), ...wasm.v128Xor])
  const fold = [...get(place), ...load(ahead), ...before, ...wasm.v128Store(ahead)]
  const goOn = [...get(place), ...i32(blockBytes), ...wasm.i32Add, ...tee(place), ...i32(end), ...wasm.i32LessUnsigned]
  return wasm.loopWhile([...fold, ...goOn])
}
