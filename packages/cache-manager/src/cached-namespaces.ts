/** The parts of the store that are the cache; conversations live in the same store and are none of it. */
export const cachedNamespaces = ['content', 'search', 'state', 'tree'] as const
