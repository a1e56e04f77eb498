// dive's figures for the images of its own tests, ours beside them: `node test/bundle-run.mjs test/conformance/dive.ts CHECKOUT`,
// after `npm run build`. The figures are read from the checkout: of its archive from the test of its analysis, of its
// Dockerfile (over our busybox: what it adds is the same) from the snapshot of its command.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const checkout = resolve(process.argv[2] ?? '')
const folder = mkdtempSync(join(tmpdir(), 'cowbox-dive-'))
let wrong = 0

try {
  archive()
  dockerfile()
} finally {
  rmSync(folder, { recursive: true })
}
process.exitCode = wrong === 0 ? 0 : 1

function archive(): void {
  const source = readFileSync(join(checkout, 'dive/image/docker/image_archive_analysis_test.go'), 'utf8')
  const [, efficiency, size, userSize, wastedBytes, wastedUserPart] =
    /\{([\d.]+), (\d+), (\d+), (\d+), ([\d.]+),/.exec(source) ?? []
  const loaded = cowbox('load', '-i', join(checkout, '.data/test-docker-image.tar'))
  const name = /Loaded image: (\S+)/.exec(loaded)?.[1] ?? ''
  compare('test-docker-image.tar', { efficiency, size, userSize, wastedBytes, wastedUserPart }, analysis(name))
}

function dockerfile(): void {
  const testdata = join(checkout, 'cmd/dive/cli/testdata')
  const [, wastedBytes, percent] =
    /Test_CI_Fail[\s\S]*?wastedBytes: +(\d+) bytes[\s\S]*?userWastedPercent: ([\d.]+) %/.exec(
      readFileSync(join(testdata, 'snapshots/cli_ci_test.snap'), 'utf8'),
    ) ?? []
  const context = join(folder, 'context')
  cpSync(join(testdata, 'image-multi-layer-dockerfile'), context, { recursive: true })
  const path = join(context, 'Dockerfile')
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^FROM .*/, 'FROM busybox'))
  cowbox('build', '-q', '-t', 'dive-example', context)
  const found = analysis('dive-example')
  const shown = { wastedBytes: found.wastedBytes, wastedUserPercent: (Number(found.wastedUserPart) * 100).toFixed(2) }
  compare('image-multi-layer-dockerfile', { wastedBytes, wastedUserPercent: percent }, shown)
}

type Figures = Readonly<Record<string, string | number | undefined>>

function compare(name: string, expected: Figures, found: Figures): void {
  for (const [figure, value] of Object.entries(expected)) {
    if (value === undefined) throw new Error(`${name}: the checkout does not say its ${figure}`)
    const isSame = Number(found[figure]) === Number(value)
    if (!isSame) wrong++
    console.log(
      `${isSame ? 'same ' : 'WRONG'}  ${name} ${figure}: ${value}${isSame ? '' : `, and here ${found[figure]}`}`,
    )
  }
}

function analysis(image: string): Figures {
  return JSON.parse(cowbox('layers', image, '--json'))
}

function cowbox(...args: readonly string[]): string {
  const env = { ...process.env, COWBOX_HOME: join(folder, 'home') }
  const ran = spawnSync('node', ['dist/cowbox.cjs', ...args], { encoding: 'utf8', env })
  if (ran.status !== 0) throw new Error(`cowbox ${args.join(' ')}: ${ran.stderr}`)
  return ran.stdout
}
