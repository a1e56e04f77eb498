import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'
import { controlServices } from './sv-control.ts'

/** svc, as in busybox (daemontools). */
export default applet({
  name: 'svc',
  about: 'Control services that runsv supervises',
  operands: 'SERVICE_DIR...',
  least: 1,
  options: {
    u: flag('-u', 'Up: start it, and again when it ends'),
    d: flag('-d', 'Down: TERM and CONT'),
    o: flag('-o', 'Once: start it, and not again'),
    p: flag('-p', 'STOP'),
    c: flag('-c', 'CONT'),
    h: flag('-h', 'HUP'),
    a: flag('-a', 'ALRM'),
    i: flag('-i', 'INT'),
    t: flag('-t', 'TERM'),
    k: flag('-k', 'KILL'),
    x: flag('-x', 'The supervisor ends when the service does'),
  },
  async main({ proc, operands, given }) {
    return await controlServices(proc, given.join(''), operands)
  },
})
