import { applet } from './applet.ts'
import { loggedIn } from './login-records.ts'

/** users, as in busybox. */
export default applet({
  name: 'users',
  about: 'Print the names of the users that are logged in, by /var/run/utmp',
  most: 0,
  async main({ proc }) {
    await proc.stdout.line(
      loggedIn(proc)
        .map(({ user }) => user)
        .sort()
        .join(' '),
    )
  },
})
