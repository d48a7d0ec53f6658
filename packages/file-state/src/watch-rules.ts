/** The rules that make an index sound, most of them in *watch* mode; only tests turn one off, to see that it is needed. */
export interface WatchRules {
  /** Events that come in bulk make everything be looked at: the kernel may have dropped some. */
  readonly distrustBulk: boolean
  /** An event makes a file changed even when its signature looks the same. */
  readonly believeEvents: boolean
  /** A directory is watched first and listed after. */
  readonly watchBeforeListing: boolean
  /** A directory that an event names is indexed anew with all below it, whatever its inode says. */
  readonly renewDirectories: boolean
  /** The root's own path is looked at each time: no event tells that something above it was renamed. */
  readonly checkRoot: boolean
  /** Files with several names are looked at each time: they can be written through a name outside. */
  readonly checkLinked: boolean
  /** Every file is looked at after a name came and went unseen: it may have been a second name of any of them. */
  readonly checkBriefNames: boolean
  /** The table of mounts is looked at each time: no event tells that a directory was hidden by one. */
  readonly checkMounts: boolean
  /** The names in a directory prove nothing later when it was stamped shortly before they were listed. */
  readonly distrustFreshLists: boolean
}

/** What an index works with. */
export const soundRules: WatchRules = {
  distrustBulk: true,
  believeEvents: true,
  watchBeforeListing: true,
  renewDirectories: true,
  checkRoot: true,
  checkLinked: true,
  checkBriefNames: true,
  checkMounts: true,
  distrustFreshLists: true,
}
