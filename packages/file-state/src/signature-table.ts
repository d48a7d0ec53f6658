import { type EntryKind, kindOfMode } from './entry-kind.js'
import type { FileSignature } from './file-signature.js'
import type { SignatureColumns } from './signature-columns.js'

const initialCapacity = 1_024

/**
 * Signatures and sequence numbers in columns: 56 bytes an entry, where an object of bigints takes about 300.
 *
 * A slot is a row; what a released slot held is overwritten by its next user.
 */
export class SignatureTable {
  #ino = new BigUint64Array(initialCapacity)
  #size = new BigInt64Array(initialCapacity)
  #mtimeNs = new BigInt64Array(initialCapacity)
  #ctimeNs = new BigInt64Array(initialCapacity)
  #sequence = new Float64Array(initialCapacity)
  #mode = new Uint32Array(initialCapacity)
  #uid = new Uint32Array(initialCapacity)
  #gid = new Uint32Array(initialCapacity)
  #device = new Uint32Array(initialCapacity)
  #devices: bigint[] = []
  readonly #free: number[] = []
  #used = 0

  /** How many slots are in use. */
  get size(): number {
    return this.#used - this.#free.length
  }

  /** What the numbers of {@link device} stand for. */
  get devices(): readonly bigint[] {
    return this.#devices
  }

  /** Copies the signature of a slot into a row of columns that are to be stored. */
  save(slot: number, columns: SignatureColumns, row: number): void {
    columns.ino[row] = this.#ino[slot] ?? 0n
    columns.size[row] = this.#size[slot] ?? 0n
    columns.mtimeNs[row] = this.#mtimeNs[slot] ?? 0n
    columns.ctimeNs[row] = this.#ctimeNs[slot] ?? 0n
    columns.mode[row] = this.#mode[slot] ?? 0
    columns.uid[row] = this.#uid[slot] ?? 0
    columns.gid[row] = this.#gid[slot] ?? 0
    columns.device[row] = this.#device[slot] ?? 0
  }

  /** Puts stored rows into the slots from 0 on, all with one sequence; whatever the table held is gone. */
  restore(columns: SignatureColumns, devices: readonly bigint[], sequence: number): void {
    this.#free.length = 0
    this.#used = columns.ino.length
    while (this.#ino.length < this.#used) this.#grow()
    this.#ino.set(columns.ino)
    this.#size.set(columns.size)
    this.#mtimeNs.set(columns.mtimeNs)
    this.#ctimeNs.set(columns.ctimeNs)
    this.#mode.set(columns.mode)
    this.#uid.set(columns.uid)
    this.#gid.set(columns.gid)
    this.#device.set(columns.device)
    this.#sequence.fill(sequence, 0, this.#used)
    this.#devices = [...devices]
  }

  /** Takes a slot for an entry. */
  add(signature: FileSignature, sequence: number): number {
    const slot = this.#free.pop() ?? this.#used++
    if (slot >= this.#ino.length) this.#grow()
    this.write(slot, signature)
    this.#sequence[slot] = sequence
    return slot
  }

  /** Gives a slot back. */
  release(slot: number): void {
    this.#free.push(slot)
  }

  /** Overwrites the signature of a slot and leaves its sequence. */
  write(slot: number, signature: FileSignature): void {
    this.#ino[slot] = signature.ino
    this.#size[slot] = signature.size
    this.#mtimeNs[slot] = signature.mtimeNs
    this.#ctimeNs[slot] = signature.ctimeNs
    this.#mode[slot] = Number(signature.mode)
    this.#uid[slot] = Number(signature.uid)
    this.#gid[slot] = Number(signature.gid)
    this.#device[slot] = this.#deviceIndex(signature.dev)
  }

  /** The signature in a slot, as a new object. */
  read(slot: number): FileSignature {
    return {
      dev: this.#devices[this.#device[slot] ?? 0] ?? 0n,
      ino: this.#ino[slot] ?? 0n,
      size: this.#size[slot] ?? 0n,
      mtimeNs: this.#mtimeNs[slot] ?? 0n,
      ctimeNs: this.#ctimeNs[slot] ?? 0n,
      mode: BigInt(this.#mode[slot] ?? 0),
      uid: BigInt(this.#uid[slot] ?? 0),
      gid: BigInt(this.#gid[slot] ?? 0),
    }
  }

  /** Tells whether a slot holds the same eight fields. */
  holds(slot: number, signature: FileSignature): boolean {
    return (
      this.#ctimeNs[slot] === signature.ctimeNs &&
      this.#mtimeNs[slot] === signature.mtimeNs &&
      this.#size[slot] === signature.size &&
      this.#ino[slot] === signature.ino &&
      this.#devices[this.#device[slot] ?? 0] === signature.dev &&
      this.holdsAccess(slot, signature)
    )
  }

  /** Tells whether type, permissions, owner and group are the same. */
  holdsAccess(slot: number, signature: FileSignature): boolean {
    return (
      this.#mode[slot] === Number(signature.mode) &&
      this.#uid[slot] === Number(signature.uid) &&
      this.#gid[slot] === Number(signature.gid)
    )
  }

  /** Tells whether device and inode are the same. */
  holdsInode(slot: number, signature: FileSignature): boolean {
    return this.#ino[slot] === signature.ino && this.#devices[this.#device[slot] ?? 0] === signature.dev
  }

  /** Writes the eight fields of a slot into a row of eight, for a digest. */
  copyTo(row: BigUint64Array, offset: number, slot: number): void {
    row[offset] = this.#devices[this.#device[slot] ?? 0] ?? 0n
    row[offset + 1] = this.#ino[slot] ?? 0n
    row[offset + 2] = this.#size[slot] ?? 0n
    row[offset + 3] = this.#mtimeNs[slot] ?? 0n
    row[offset + 4] = this.#ctimeNs[slot] ?? 0n
    row[offset + 5] = BigInt(this.#mode[slot] ?? 0)
    row[offset + 6] = BigInt(this.#uid[slot] ?? 0)
    row[offset + 7] = BigInt(this.#gid[slot] ?? 0)
  }

  /** Type and permissions, owner and group of a slot. */
  access(slot: number): readonly [mode: number, uid: number, gid: number] {
    return [this.#mode[slot] ?? 0, this.#uid[slot] ?? 0, this.#gid[slot] ?? 0]
  }

  inode(slot: number): bigint {
    return this.#ino[slot] ?? 0n
  }

  /** A small number that stands for the slot's device. */
  device(slot: number): number {
    return this.#device[slot] ?? 0
  }

  kind(slot: number): EntryKind {
    return kindOfMode(this.#mode[slot] ?? 0)
  }

  /** The later of mtime and ctime, nanoseconds since the epoch. */
  latestStampNs(slot: number): bigint {
    const mtimeNs = this.#mtimeNs[slot] ?? 0n
    const ctimeNs = this.#ctimeNs[slot] ?? 0n
    return mtimeNs > ctimeNs ? mtimeNs : ctimeNs
  }

  sequence(slot: number): number {
    return this.#sequence[slot] ?? 0
  }

  setSequence(slot: number, sequence: number): void {
    this.#sequence[slot] = sequence
  }

  #deviceIndex(device: bigint): number {
    const known = this.#devices.lastIndexOf(device)
    return known >= 0 ? known : this.#devices.push(device) - 1
  }

  #grow(): void {
    const capacity = this.#ino.length * 2
    this.#ino = extend(this.#ino, new BigUint64Array(capacity))
    this.#size = extend(this.#size, new BigInt64Array(capacity))
    this.#mtimeNs = extend(this.#mtimeNs, new BigInt64Array(capacity))
    this.#ctimeNs = extend(this.#ctimeNs, new BigInt64Array(capacity))
    this.#sequence = extend(this.#sequence, new Float64Array(capacity))
    this.#mode = extend(this.#mode, new Uint32Array(capacity))
    this.#uid = extend(this.#uid, new Uint32Array(capacity))
    this.#gid = extend(this.#gid, new Uint32Array(capacity))
    this.#device = extend(this.#device, new Uint32Array(capacity))
  }
}

interface Column<Cell> {
  set(source: ArrayLike<Cell>): void
}

function extend<Cell, Longer extends Column<Cell>>(column: ArrayLike<Cell>, longer: Longer): Longer {
  longer.set(column)
  return longer
}
