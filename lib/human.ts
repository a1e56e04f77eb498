// Sizes and times as docker (go-units) shows and reads them.

import { formatReal } from './format.ts'

const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB']
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']

/** Three significant digits, decimal units: `172B`, `1.98MB`; as Go's %.3g has it, 999.5 of a unit are `1e+03`. */
export function humanSize(bytes: number): string {
  return scaled(bytes, 1000, DECIMAL, 3)
}

/** Four significant digits, binary units: `1.984MiB`, as docker stats shows memory. */
export function bytesSize(bytes: number): string {
  return scaled(bytes, 1024, BINARY, 4)
}

function scaled(bytes: number, base: number, units: readonly string[], digits: number): string {
  let value = bytes
  let unit = 0
  while (value >= base && unit < units.length - 1) {
    value /= base
    unit++
  }
  return formatReal(value, 'g', { flags: '', width: 0, precision: digits }) + units[unit]
}

/** How long, roughly: `Less than a second`, `5 seconds`, `About a minute`, `3 hours`. */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 1) return 'Less than a second'
  if (seconds === 1) return '1 second'
  if (seconds < 60) return `${seconds} seconds`
  const minutes = Math.floor(ms / 60_000)
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  const hours = Math.round(ms / 3_600_000)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`
  // Years alone are not of rounded hours.
  return `${Math.floor(ms / 3_600_000 / 24 / 365)} years`
}

const MILLISECONDS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['\u00b5s', 1e-3],
  ['\u03bcs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
])

/** Go's duration (`1m30s`, `500ms`, `-1.5h`) or plain seconds, in milliseconds; undefined: neither. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const [, sign, body = ''] = /^([-+]?)(.+)$/.exec(text) ?? []
  const parts = [...body.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g)]
  if (parts.length === 0 || parts.map(part => part[0]).join('') !== body) return undefined
  const sum = parts.reduce((total, [, amount, unit = '']) => total + Number(amount) * MILLISECONDS.get(unit)!, 0)
  return sign === '-' ? -sum : sum
}

/** docker's RAMInBytes: `512m`, `1g`, `64KiB`; undefined: not a size. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?$/i.exec(text)
  if (!match) return undefined
  return Math.floor(Number(match[1]) * 1024 ** ' kmgtp'.indexOf((match[2] || ' ').toLowerCase()))
}
