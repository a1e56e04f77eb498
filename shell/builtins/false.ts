import { builtin } from './builtin.ts'

export default builtin({ name: 'false', pure: true, raw: true, about: 'Fail', main: () => 1 })
