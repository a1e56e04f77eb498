# Nobody listens; -s shows
$ logger -s -t tag hello there; printf 'a\nb\n' | logger -s -t x; logger -p user.info quiet; echo $?; logger -p foo.bar x; echo $?; logger -p user.bad x; echo $?; logger -s -t n -p 13 number
0
1
1
! tag: hello there
! x: a
! x: b
! logger: unknown facility name: foo
! logger: unknown priority name: user.bad
! n: number
