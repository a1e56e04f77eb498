import { builtin } from './builtin.ts'

export default builtin({ name: ':', special: true, pure: true, raw: true, about: 'Do nothing', main: () => 0 })
