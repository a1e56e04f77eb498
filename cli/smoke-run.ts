// `cowbox test`, run once: reads the test files, runs their checks, and reports.

import type { Engine } from '../engine/engine.ts'
import { LineCoverage } from '../engine/line-coverage.ts'
import type { MountSpecification } from '../engine/specification.ts'
import type { RunConfig } from '../image/config.ts'
import { parseMetadata } from '../image/parse-config.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import type { Check, Result } from '../smoke/check.ts'
import { expanded } from '../smoke/checks/command.ts'
import { planChecks } from '../smoke/plan.ts'
import { Prepared, type Settings, type State, splitPair } from '../smoke/prepared.ts'
import { jsonReport } from '../smoke/report/json.ts'
import { junitReport } from '../smoke/report/junit.ts'
import { type Summary, summarize } from '../smoke/report/summary.ts'
import { tapReport } from '../smoke/report/tap.ts'
import { TextReport } from '../smoke/report/text.ts'
import { runChecks } from '../smoke/run.ts'
import { readSuite, type Suite } from '../smoke/suite.ts'
import { Refusal } from './context.ts'
import { absolutePath, makeMissing, readHostFile, writeFile } from './create-options.ts'
import { type FindOptions, findImage } from './image-source.ts'
import { SnapshotFile } from './snapshot-file.ts'

export interface TestRun {
  readonly engine: Engine
  readonly proc: Process
  readonly image: string
  readonly find: FindOptions
  /** A file whose configuration is looked at in place of the image's. */
  readonly metadata: string | undefined
  /** Where the lines that were run are written. */
  readonly coverage: string | undefined
  readonly configs: readonly string[]
  readonly format: 'text' | keyof typeof REPORTS
  readonly junitSuiteName: string
  readonly isColored: boolean
  readonly isUpdating: boolean
  readonly isRealTime: boolean
  /** undefined: as many as are of use. */
  readonly jobs: number | undefined
  readonly isBailing: boolean
  /** `position`: of all checks of all files, from 0. */
  readonly isSelected: (name: string, position: number) => boolean
  readonly write: (text: string) => Promise<void>
}

const REPORTS = {
  json: jsonReport,
  junit: (summary: Summary, run: TestRun) => junitReport(summary, run.junitSuiteName),
  tap: tapReport,
}

/** Whether every check passed, and there was one. */
export async function runTestFiles(run: TestRun): Promise<boolean> {
  const { library, image } = await findImage(run.engine, run.proc, run.image, run.find)
  const coverage = run.coverage === undefined ? undefined : new LineCoverage()
  const prepared = await Prepared.open(library, image, coverage)
  const metadata =
    run.metadata === undefined ? image.config.config : parseMetadata(readHostFile(run.proc, run.metadata), run.metadata)
  const text = new TextReport(run)
  const results: Result[] = []
  let position = 0
  for (const path of run.configs) {
    if (run.format === 'text') await run.write(text.banner(path.replace(/.*\//, '')))
    const snapshots = new SnapshotFile(run.proc, `${path}.snap`, run.isUpdating)
    const { checks: all, isRealTime } = checksOf(run, path, { prepared, snapshots, metadata })
    const checks = all.filter(({ name }) => run.isSelected(name, position++))
    const done = await runChecks(checks, {
      jobs: run.jobs ?? (isRealTime ? REAL_TIME_JOBS : 1),
      isBailing: run.isBailing,
      now: () => run.engine.host.now(),
    })
    snapshots.save()
    if (run.format === 'text') for (const result of done) await run.write(text.result(result))
    results.push(...done)
    if (run.isBailing && done.some(({ isPassed }) => !isPassed)) break
  }
  const summary = summarize(results)
  if (run.format === 'text') await run.write(text.summary(summary))
  else await run.write(REPORTS[run.format](summary, run))
  if (run.coverage !== undefined && coverage) writeFile(run.proc, run.coverage, coverage.lcov())
  return results.length > 0 && summary.fail === 0
}

/** Checks that sleep by the wall's clock let others run; those that never sleep would only lengthen one another's time. */
const REAL_TIME_JOBS = 4

interface Looked {
  readonly prepared: Prepared
  readonly snapshots: SnapshotFile
  readonly metadata: RunConfig
}

interface Planned {
  readonly checks: readonly Check[]
  readonly isRealTime: boolean
}

function checksOf(run: TestRun, path: string, { prepared, snapshots, metadata }: Looked): Planned {
  const { suite, problems } = readSuite(path, decode(readHostFile(run.proc, path)))
  if (!suite) {
    const errors = problems.map(({ line, message }) => `error parsing config file: ${path}:${line}: ${message}`)
    return { checks: [{ name: '', run: async () => ({ errors }) }], isRealTime: false }
  }
  const { tree, env } = prepared.state
  const state: State = { tree, env: new Map([...env, ...expanded(suite.globalEnvVars, prepared.state)]) }
  const settings = settingsOf(run, suite)
  const checks = planChecks(suite, { prepared, metadata, state, files: prepared.files, settings, snapshots })
  return { checks, isRealTime: settings.startTime === undefined }
}

const START = 1_704_067_200_000

/** privileged and capabilities change nothing in a box without a real kernel: they are taken, as the files must be. */
function settingsOf({ proc, isRealTime }: TestRun, { runOptions, cowbox }: Suite): Settings {
  const start = cowbox?.startTime === undefined ? START : Date.parse(cowbox.startTime)
  if (Number.isNaN(start)) throw new Refusal(`startTime: ${cowbox?.startTime} is no time such as 2024-01-01T00:00:00Z`)
  return {
    user: runOptions?.user || undefined,
    tty: runOptions?.allocateTty ?? false,
    mounts: (runOptions?.bindMounts ?? []).map(text => readBind(proc, text)),
    env: new Map([
      ...(runOptions?.envFile ? readEnvFile(proc, runOptions.envFile) : []),
      ...(runOptions?.envVars ?? []).flatMap(name => {
        const value = proc.env.get(name)
        return value ? [[name, value] as const] : []
      }),
    ]),
    startTime: isRealTime || cowbox?.realTime ? undefined : start,
  }
}

/** What a dotenv file says: `export` and quotes around a value are taken off. */
function readEnvFile(proc: Process, path: string): [string, string][] {
  return decode(readHostFile(proc, path))
    .split('\n')
    .map(line => line.trim().replace(/^export\s+/, ''))
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const [name, value] = splitPair(line)
      return [name.trim(), value.trim().replace(/^(["'])(.*)\1$/, '$2')]
    })
}

function readBind(proc: Process, text: string): MountSpecification {
  const [source = '', target = '', mode = ''] = text.split(':')
  if (!target.startsWith('/')) throw new Refusal(`bindMounts: '${text}' is not HOST:CONTAINER[:ro]`)
  const path = absolutePath(proc, source)
  makeMissing(proc, path)
  return { type: 'bind', source: path, target, readOnly: mode.split(',').includes('ro') }
}
