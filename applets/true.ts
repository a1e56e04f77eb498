import { applet } from './applet.ts'

export default applet({ name: 'true', about: 'Succeed', raw: true, main: () => 0 })
