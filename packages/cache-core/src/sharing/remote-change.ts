import type { TagAddress } from '../delete-tagged.js'
import type { EntryAddress } from '../entry-address.js'
import type { MissedChanges } from '../missed-changes.js'
import type { NewEntry } from '../new-entry.js'
import type { RemoteChange } from './remote-changes.js'

/** Stores a value. It is asked for a second time when an owner ends without an answer, and not a third time. */
export function setChange(entry: NewEntry, isRepeated: boolean, missed: MissedChanges): RemoteChange<boolean> {
  return {
    entry,
    isPatient: false,
    send: (sender) => sender.set(entry),
    read: (answer) => answer === 1,
    resume: async (store, isGivenUp) => {
      if (!isRepeated && !isGivenUp) return await store.set(entry, true)
      // The caller hears that it was not stored: no older value may be left, and what the lost set may have left goes.
      await store.delete(entry)
      return false
    },
    miss: () => missed.addEntry(entry),
    undo: () => deleteChange(entry, missed),
    otherwise: false,
  }
}

/** Removes an entry. */
export function deleteChange(entry: EntryAddress, missed: MissedChanges): RemoteChange<boolean> {
  return {
    entry,
    isPatient: true,
    send: (sender) => sender.send({ type: 'delete', entry }),
    read: (answer) => answer === 1,
    resume: (store) => store.delete(entry),
    miss: () => missed.addEntry(entry),
    otherwise: false,
  }
}

/** Removes the entries of a tag. */
export function tagChange(tag: TagAddress, missed: MissedChanges): RemoteChange<number> {
  return {
    entry: undefined,
    isPatient: true,
    send: (sender) => sender.send({ type: 'deleteByTag', namespace: tag.namespace, tag: tag.tag }),
    read: (answer) => answer,
    resume: (store) => store.deleteByTag(tag),
    miss: () => missed.addClear(tag.namespace),
    otherwise: 0,
  }
}

/** Removes all entries of a namespace, or of all namespaces. */
export function clearChange(namespace: string | undefined, missed: MissedChanges): RemoteChange<void> {
  return {
    entry: undefined,
    isPatient: true,
    send: (sender) => sender.send({ type: 'clear', namespace }),
    read: () => {},
    resume: (store) => store.clear(namespace),
    miss: () => missed.addClear(namespace),
    otherwise: undefined,
  }
}
