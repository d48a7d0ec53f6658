/** Directories of version control systems are never entered from above. */
export const VCS_DIRECTORIES: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.jj'])
