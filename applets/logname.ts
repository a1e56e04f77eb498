import { applet, Failure } from './applet.ts'

export default applet({
  name: 'logname',
  about: 'Print the name under which one logged in',
  main({ proc }) {
    // getlogin(3) asks utmp who is on the terminal: a container has nobody logged in.
    const reason = proc.terminal(0) ? 'No such file or directory' : 'No such device or address'
    throw new Failure(`getlogin: ${reason}`)
  },
})
