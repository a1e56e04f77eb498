// The version that the build put in.

declare const COWBOX_VERSION: string | undefined

export const VERSION = typeof COWBOX_VERSION === 'string' ? COWBOX_VERSION : 'unbuilt'
