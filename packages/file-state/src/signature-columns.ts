/** Signatures of many entries, each field in a column of its own, to be stored. */
export interface SignatureColumns {
  readonly ino: BigUint64Array
  readonly size: BigInt64Array
  readonly mtimeNs: BigInt64Array
  readonly ctimeNs: BigInt64Array
  readonly mode: Uint32Array
  readonly uid: Uint32Array
  readonly gid: Uint32Array
  /** Numbers that stand for devices. */
  readonly device: Uint32Array
}

/** Columns of zeros. */
export function emptyColumns(rows: number): SignatureColumns {
  return {
    ino: new BigUint64Array(rows),
    size: new BigInt64Array(rows),
    mtimeNs: new BigInt64Array(rows),
    ctimeNs: new BigInt64Array(rows),
    mode: new Uint32Array(rows),
    uid: new Uint32Array(rows),
    gid: new Uint32Array(rows),
    device: new Uint32Array(rows),
  }
}
