// acme.sh's functions that need no network (github.com/acmesh-official/acme.sh), called one after another.

import type { RealProgram } from './program.ts'

const CALLS: Readonly<Record<string, string>> = {
  'upper and lower case': 'echo "Hello, World é" | _upper_case; echo "Hello, World É" | _lower_case',
  'starts, ends, contains': [
    'for f in _startswith _endswith _contains; do',
    '  for each in abc c a "b c" "" "*" "." "^a"; do $f "abc" "$each"; echo "$f <$each> $?"; done',
    'done',
  ].join('\n'),
  fields: [
    '_hasfield "a,b,c" b; echo $?; _hasfield "a,b,c" d; echo $?; _hasfield "a b c" c " "; echo $?; _hasfield; echo $?',
    '_getfield "a,b,c" 2; echo; _getfield "a;b;c" 3 ";"; echo; _getfield "a,b" 9; echo; _getfield x; echo $?',
  ].join('\n'),
  exists: 'for each in cd ls nosuch _math if; do _exists $each; echo "$each $?"; done; _exists; echo $?',
  arithmetic:
    '_math 1 + 2; echo; _math 7 \\* 8 - 1; echo; _math "(1+2)" \\* 3; echo; for c in a B f 7; do _h_char_2_dec $c; done',
  hexadecimal: [
    'printf "abc\\001\\377é" | _hex_dump; echo; _ascii_hex "a b~"; echo',
    'echo 48656c6c6f20776f726c64 | _h2b; echo; printf "a b/c?d=é&f~-_." | _url_encode; echo',
    'printf "a b/c" | _url_encode upper-hex; echo',
  ].join('\n'),
  json: 'printf \'a"b\\\\c/d\\tx\\n\' | _json_encode; echo; printf \'{"a":"b\\\\/c"}\' | _json_decode; echo; printf \'{ "a": [1,\\n 2], "b" : "x y" }\' | _normalizeJson; echo',
  'base64 of urls': 'printf "ab+/cd==" | tr -d "=" | _url_replace; echo; echo "line with  spaces" | _egrep_o "w[a-z]+"',
  'head and tail': 'printf "1\\n2\\n3\\n" >f; _head_n 2 <f; _tail_n 1 <f; printf abcdef | _tail_c 3; echo',
  'a configuration file': [
    'conf=$PWD/x.conf; : >$conf',
    '_save_conf $conf A "value one"; _save_conf $conf B "it\'s \\"quoted\\" \\$x & |/"; _save_conf $conf A two; cat $conf',
    'unset A; _read_conf $conf A; echo; _read_conf $conf B; echo; _clear_conf $conf A; cat $conf',
    '_save_conf $conf C "multi',
    'line" base64; cat $conf; _read_conf $conf C; echo',
    '_setopt $conf D = "4;5"; _setopt $conf D = 6 ";"; cat $conf',
  ].join('\n'),
  'an edit in place': 'printf "a b\\nc\\n" >f; _sed_i "s/b/X/" f; cat f; _sed_i; echo $?; _getfile f "^a" "^c"; echo',
  'kinds of names': [
    'for each in 1.2.3.4 ::1 2001:db8::1 example.com 256.1.1 "a b"; do',
    '  _isIP "$each"; echo "$each $?"; _isIPv4 "$each"; echo $?; _isIPv6 "$each"; echo $?; _getIdType "$each"; echo',
    'done; _is_idn example.com; echo $?; _is_idn bücher.de; echo $?; _idn example.com; echo',
  ].join('\n'),
  'a domain with a star':
    '_is_wildcard "*.a.b"; _d_type=; for each in "*.example.com" example.com; do _contains "$each" "\\*"; echo $?; done; echo "*.example.com" | cut -c 3-',
  'paths and modes': 'mkdir -p d; : >d/f; chmod 640 d/f; _readlink d/f; _mktemp >/dev/null; echo $?; _sleep 0; echo $?',
  'messages and levels': [
    'DEBUG=3 _debug one 1; DEBUG=1 _debug2 two 2; _info hello; _info a b; _err bad; _usage how; LOG_LEVEL=2',
    '_secure_debug key value; HIDDEN_VALUE=hidden; DEBUG=2; _secure_debug2 k v; _printargs x; _printargs x y; __green ok; __red no; echo',
  ].join('\n'),
  'validity dates':
    '_convertValidaty 2022-01-01T00:00:00Z +2d; echo; _convertValidaty "" +1h; echo $?; _date2time "2022-04-01 08:10:33"; _date2time 2022-04-01T08:10:33Z',
  'key lengths': 'for each in 2048 ec-256 ec-521 4096 bad ""; do _isEccKey "$each"; echo "$each $?"; done',
  usage: 'version; showhelp | head -40',
  'an unknown command': '_process --no-such; echo $?; _process --issue; echo $?; _process -d; echo $?',
}

export function acme(): RealProgram[] {
  return Object.entries(CALLS).map(([what, calls]) => ({
    name: `acme.sh: ${what}`,
    checkout: 'acme.sh',
    // Its last line runs its main, which without arguments shows help.
    script: `cd acme.sh; sed '$d' acme.sh >functions.sh; { . ./functions.sh; NO_TIMESTAMP=1\n${calls}\n} 2>&1`,
    // The time it is now.
    steady: output =>
      output.replace(/^\[[A-Z][a-z]{2} [^\]]*\] /gm, '[date] ').replace(/20(?!22)\d\d-[\d-]+T[\d:]+Z/g, 'NOW'),
  }))
}
