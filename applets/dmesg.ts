import { flag, number } from '../lib/options.ts'
import { applet } from './applet.ts'

/** dmesg, as in busybox. The kernel here says nothing, so that there is nothing to show. */
export default applet({
  name: 'dmesg',
  about: 'Show what the kernel said (here: nothing)',
  options: {
    clear: flag('-c', 'Forget it then'),
    level: number('-n', 'LEVEL', 'Accepted: there is no console that it would be printed on'),
    size: number('-s', 'SIZE', 'Accepted: how much is shown'),
    raw: flag('-r', 'With its levels'),
  },
  notes: ['Partly: there is no ring of the kernel. What programs log is shown by logread.'],
  main: () => 0,
})
