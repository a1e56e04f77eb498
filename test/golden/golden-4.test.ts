import { playTranscripts } from './play.ts'

playTranscripts({ turn: 3, every: 4 })
