import { playTranscripts } from './play.ts'

playTranscripts({ turn: 0, every: 4 })
