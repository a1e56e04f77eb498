// An image's config (OCI image-spec config.md, with docker's own fields).

export interface Healthcheck {
  readonly Test?: readonly string[]
  /** Nanoseconds. */
  readonly Interval?: number
  readonly Timeout?: number
  readonly StartPeriod?: number
  readonly StartInterval?: number
  readonly Retries?: number
}

export interface RunConfig {
  readonly User?: string
  readonly ExposedPorts?: Readonly<Record<string, Record<string, never>>>
  readonly Env?: readonly string[]
  readonly Entrypoint?: readonly string[] | null
  readonly Cmd?: readonly string[] | null
  readonly Volumes?: Readonly<Record<string, Record<string, never>>>
  readonly WorkingDir?: string
  readonly Labels?: Readonly<Record<string, string>>
  readonly StopSignal?: string
  readonly StopTimeout?: number
  readonly Healthcheck?: Healthcheck
  readonly OnBuild?: readonly string[] | null
  readonly Shell?: readonly string[]
  readonly ArgsEscaped?: boolean
}

export interface History {
  readonly created?: string
  readonly created_by?: string
  readonly author?: string
  readonly comment?: string
  readonly empty_layer?: boolean
}

export interface ImageConfig {
  /** RFC 3339. */
  readonly created?: string
  readonly author?: string
  readonly architecture: string
  readonly os: string
  readonly variant?: string
  readonly config: RunConfig
  readonly rootfs: { readonly type: 'layers'; readonly diff_ids: readonly string[] }
  readonly history: readonly History[]
  /** Cowbox's own: what its layers were made by, so that another build can take them (--cache-to type=inline). */
  readonly 'cowbox.cache.v1'?: InlineCache
}

/** The build cache's key of a step, and the number of the layer that it made. */
export type InlineCache = readonly (readonly [key: string, layer: number])[]
