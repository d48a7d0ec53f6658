import { statfsSync } from 'node:fs'
import type { FileSignature } from './file-signature.js'
import { orUndefined } from './system-error.js'

const nanosecondsPerSecond = 1_000_000_000n

/** Granularity of whole-second timestamps, in nanoseconds: one second for the stamp and one for a late clock. */
export const coarseGranularityNs = 2_000_000_000n

/**
 * Granularity of nanosecond timestamps on Linux, in nanoseconds.
 *
 * The kernel stamps inodes with its coarse clock, which advances once per tick: every 10 ms at most (`CONFIG_HZ=100`).
 * A processor that should have ticked but was held up, as happens in virtual machines, is relieved by another one after
 * five ticks (`MAX_STALLED_JIFFIES` in kernel/time/tick-sched.c), so a stamp is at most 60 ms old; the rest is margin.
 * Multigrain timestamps (Linux 6.13) only ever make stamps finer.
 */
export const fineGranularityNs = 100_000_000n

/** `f_type` of file systems on a local disk or in memory that keep their own ctime, from statfs(2). */
const localFileSystems: ReadonlySet<number> = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // xfs
  0x9123683e, // btrfs
  0xf2f52010, // f2fs
  0x2fc12fc1, // zfs
  0xca451a4e, // bcachefs
  0x3153464a, // jfs
  0x01021994, // tmpfs
  0x858458f6, // ramfs
  0x794c7630, // overlayfs
  0x73717368, // squashfs
  0xe0f5e1e2, // erofs
])

/** How long one answer of statfs is believed, in milliseconds: device numbers are given anew after an unmount. */
const beliefMs = 10_000

/**
 * The racy rule of Mercurial, git and ccache: whether a file could have changed after it was read and still show the
 * same signature.
 *
 * @param readStartedNs wall-clock time before the read began, nanoseconds since the epoch
 * @param granularityNs from {@link TimestampPolicy}; `undefined` when nothing is known, which is racy for ever
 */
export function isRacy(signature: FileSignature, readStartedNs: bigint, granularityNs: bigint | undefined): boolean {
  if (granularityNs === undefined) return true
  const latest = signature.mtimeNs > signature.ctimeNs ? signature.mtimeNs : signature.ctimeNs
  return latest + granularityNs >= readStartedNs
}

/**
 * Finds how far apart two changes of a file must be to differ in their timestamps.
 *
 * Only Linux names its file systems in a way that can be relied on. Everything on a network, in user space or unknown
 * is answered with `undefined`: its timestamps come from another clock, or can be put back.
 */
export class TimestampPolicy {
  readonly #now: () => number
  readonly #devices = new Map<bigint, { readonly local: boolean; readonly checkedMs: number }>()

  /** @param now wall-clock time in milliseconds */
  constructor(now: () => number) {
    this.#now = now
  }

  /**
   * The granularity that holds for one file, in nanoseconds.
   *
   * A fine one needs a proof by the file itself, a ctime with a part below the second, because ext4 with 128-byte inodes
   * keeps whole seconds only and looks like any other ext4.
   *
   * @param path where to ask for the file system when the device was not seen lately
   */
  granularityNs(signature: FileSignature, path: () => string | Buffer): bigint | undefined {
    if (!this.#isLocal(signature.dev, path)) return undefined
    return signature.ctimeNs % nanosecondsPerSecond === 0n ? coarseGranularityNs : fineGranularityNs
  }

  #isLocal(device: bigint, path: () => string | Buffer): boolean {
    const nowMs = this.#now()
    const known = this.#devices.get(device)
    if (known !== undefined && Math.abs(nowMs - known.checkedMs) < beliefMs) return known.local
    const local = isLocalAt(path())
    if (local !== undefined) this.#devices.set(device, { local, checkedMs: nowMs })
    return local ?? false
  }
}

/** `undefined` when the path is gone and nothing was learned. */
function isLocalAt(path: string | Buffer): boolean | undefined {
  if (process.platform !== 'linux') return false
  const type = orUndefined(() => statfsSync(path).type)
  return type === undefined ? undefined : localFileSystems.has(type >>> 0)
}
