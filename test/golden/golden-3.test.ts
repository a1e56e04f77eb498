import { playTranscripts } from './play.ts'

playTranscripts({ turn: 2, every: 4 })
