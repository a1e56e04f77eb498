import { playTranscripts } from './play.ts'

playTranscripts({ turn: 1, every: 4 })
