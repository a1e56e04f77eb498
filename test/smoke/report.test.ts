import { expect, test } from 'vitest'
import { goDuration } from '../../smoke/report/go-format.ts'
import { jsonReport } from '../../smoke/report/json.ts'
import { junitReport } from '../../smoke/report/junit.ts'
import { summarize } from '../../smoke/report/summary.ts'
import { TextReport } from '../../smoke/report/text.ts'

const summary = summarize([
  { name: 'Command Test: a', isPassed: true, errors: [], stdout: 'x<&>\n', stderr: '', duration: 1_500_000 },
  { name: 'Metadata Test', isPassed: false, errors: ['no "b"', "it's\tc\x01"], duration: 0 },
])

test('text, as container-structure-test prints it', () => {
  const report = new TextReport({ isColored: false })
  const all = report.banner('config.yaml') + summary.results.map(each => report.result(each)).join('')
  expect(all + report.summary(summary)).toBe(`
====================================
====== Test file: config.yaml ======
====================================
=== RUN: Command Test: a
--- PASS
duration: 1.5ms
stdout: x<&>

=== RUN: Metadata Test
--- FAIL
duration: 0s
Error: no "b"
Error: it's	c\x01

=====================================
============== RESULTS ==============
=====================================
Passes:      1
Failures:    1
Duration:    1.5ms
Total tests: 2

FAIL
`)
  expect(report.summary(summarize([]))).toBe('No tests run! Check config file format.\n')
  expect(new TextReport({ isColored: true }).result(summary.results[1]!)).toContain('\x1b[31m--- FAIL\x1b[0m\n')
})

test("JSON, with Go's escapes and without what is empty", () => {
  expect(jsonReport(summary)).toBe(
    '{"Pass":1,"Fail":1,"Total":2,"Duration":1500000,"Results":[' +
      '{"Name":"Command Test: a","Pass":true,"Stdout":"x\\u003c\\u0026\\u003e\\n","Duration":1500000},' +
      '{"Name":"Metadata Test","Pass":false,"Errors":["no \\"b\\"","it\'s\\tc\\u0001"],"Duration":0}]}\n',
  )
  expect(jsonReport(summarize([]))).toBe('{"Pass":0,"Fail":0,"Total":0,"Duration":0}\n')
})

test('JUnit', () => {
  expect(junitReport(summary, 'suite "x"')).toBe(
    '<?xml version="1.0" encoding="UTF-8"?><testsuites failures="1" tests="2" time="0.0015">' +
      '<testsuite name="suite &#34;x&#34;">' +
      '<testcase name="Command Test: a" time="0.0015"><system-out>x&lt;&amp;&gt;&#xA;</system-out><system-err></system-err></testcase>' +
      '<testcase name="Metadata Test" time="0"><failure>no &#34;b&#34;</failure><failure>it&#39;s&#x9;c\ufffd</failure>' +
      '<system-out></system-out><system-err></system-err></testcase></testsuite></testsuites>\n',
  )
})

test.each([
  [0, '0s'],
  [999, '999ns'],
  [1500, '1.5µs'],
  [20_000_000, '20ms'],
  [1_067_587_058, '1.067587058s'],
  [62_500_000_000, '1m2.5s'],
  [3_600_000_000_000, '1h0m0s'],
])("%d ns is %s, as Go's Duration", (ns, text) => expect(goDuration(ns)).toBe(text))
