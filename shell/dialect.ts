/** `ash`: busybox ash's language, which is POSIX's and a little more. `bash`: bash's. */
export type Dialect = 'ash' | 'bash'
