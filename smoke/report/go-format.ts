// Durations, JSON and XML as Go prints them: what container-structure-test's readers read.

/** time.Duration.String(): `0s`, `1.5ms`, `1m2.5s`. */
export function goDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return '0s'
  if (nanoseconds < 1000) return `${nanoseconds}ns`
  if (nanoseconds < 1e6) return `${fraction(nanoseconds, 1e3)}µs`
  if (nanoseconds < 1e9) return `${fraction(nanoseconds, 1e6)}ms`
  const minutes = Math.floor(nanoseconds / 6e10)
  const seconds = `${fraction(nanoseconds % 6e10, 1e9)}s`
  if (minutes === 0) return seconds
  const hours = Math.floor(minutes / 60)
  return hours === 0 ? `${minutes}m${seconds}` : `${hours}h${minutes % 60}m${seconds}`
}

function fraction(value: number, unit: number): string {
  const digits = String(unit).length - 1
  const rest = String(value % unit)
    .padStart(digits, '0')
    .replace(/0+$/, '')
  return `${Math.floor(value / unit)}${rest === '' ? '' : `.${rest}`}`
}

/** encoding/json escapes what HTML would take for its own. */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const XML: Readonly<Record<string, string>> = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}

/** encoding/xml; what XML cannot hold becomes U+FFFD. */
export function goXml(text: string): string {
  return text.replace(/["'&<>]|[^ -\ud7ff\ue000-\ufffd]/gu, sign => {
    if ((sign.codePointAt(0) ?? 0) > 0xffff) return sign
    return XML[sign] ?? '\ufffd'
  })
}
