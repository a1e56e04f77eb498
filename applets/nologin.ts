import { applet } from './applet.ts'

/** nologin: the shell of accounts that nobody logs in to. */
export default applet({
  name: 'nologin',
  about: 'Refuse a login, politely',
  async main({ proc }) {
    await proc.stdout.line('This account is not available')
    return 1
  },
})
