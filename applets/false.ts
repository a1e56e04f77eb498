import { applet } from './applet.ts'

export default applet({ name: 'false', about: 'Fail', raw: true, main: () => 1 })
