# Options in order, quoted
$ getopt -o ab:c:: -l long,opt: -- -a -b x --long --opt=y -cz foo "it's"; getopt ab: -a -b 1 x; getopt -u -o a -- -a "b c"; getopt -o ab -- -ab x -a; getopt -o +ab -- -a x -b; getopt -o -ab -- x -a y
 -a -b 'x' --long --opt 'y' -c 'z' -- 'foo' 'it'\''s'
 -a -b 1 -- x
 -a -- b c
 -a -b -a -- 'x'
 -a -- 'x' '-b'
 'x' -a 'y' --
$ getopt -l foo,far,bar: -o x -- --fo --bar 3 -x; getopt -a -l foo -o x -- -foo -x; getopt -l bar:: -o x -- --bar --bar=2; getopt -o a: -- -a ''
 --foo --bar '3' -x --
 --foo -x --
 --bar '' --bar '2' --
 -a '' --
$ getopt -s csh -o a: -- -a 'b!c d'; getopt -s sh -o a -- -a; getopt -s foo -o a -- -a; getopt -T; echo $?
 -a 'b'\!'c'\ 'd' --
 -a --
 -a --
4
! getopt: unknown shell 'foo', assuming bash
$ getopt -o a -- -b; echo $?; getopt -n prog -o a: -- -a; echo $?; getopt -q -o a -- -z; echo $?; getopt -Q -o a -- -a; getopt -l foo -o x -- --bar; echo $?; getopt -l foo,far -o x -- --f; echo $?; getopt -l foo -o x -- --foo=1; echo $?; getopt; echo $?
 --
1
 --
1
 --
1
 --
1
 --foo --
0
 --
1
1
! getopt: invalid option -- 'b'
! prog: option requires an argument -- 'a'
! getopt: unrecognized option '--bar'
! getopt: option '--foo' doesn't allow an argument
! getopt: missing optstring argument

# Long ones
~ full
$ getopt ab: -a -b x y
 -a -b x -- y
$ getopt -o ab: -l long,arg: -- --long --arg=1 z
 --long --arg '1' -- 'z'
$ getopt -o a -- -q
 --
! getopt: invalid option -- 'q'
? 1
$ getopt -q -o a -- -q
 --
? 1
$ getopt -T
? 4
$ getopt -n me -o a -- -q
 --
! me: invalid option -- 'q'
? 1
$ getopt -u -o a: -- -a 'x y'
 -a x y --
$ getopt -s csh -o a: -- -a "it's"
 -a 'it'\''s' --
$ getopt -a -o a -l long -- -long
 --long --
$ getopt
! getopt: missing optstring argument
? 1
$ getopt -o +a -- -a b -a
 -a -- 'b' '-a'
$ getopt -o a:: -- -a -ax
 -a '' -a 'x' --
