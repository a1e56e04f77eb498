import { applet } from './applet.ts'

/** bbconfig: how busybox was built. This is none that was configured, so that it says what it has. */
export default applet({
  name: 'bbconfig',
  about: 'Print how this was configured (it was not: only that it is so)',
  notes: ['Partly: there is no configuration; what there is is listed by `busybox --list`.'],
  async main({ proc }) {
    await proc.stdout.line('# cowbox: not configured; see busybox --list')
  },
})
