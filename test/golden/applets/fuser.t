# Who has a file open
$ echo x > f; echo y > g; sleep 9 < f & pid=$!; sleep 0.1; test "$(fuser f)" = "$pid " && echo found; fuser -s f; echo $?; fuser g; echo $?; fuser -sk f; wait $pid 2> /dev/null; echo $?
found
0
1
137
$ sleep 9 < f & pid=$!; sleep 0.1; fuser -s -k -TERM f; wait $pid 2> /dev/null; echo $?; fuser -s -4 -6 f
143
? 1
$ fuser nosuch
! fuser: can't stat 'nosuch': No such file or directory
? 1
$ fuser 9999/tcp
! fuser: 9999/tcp: who holds a port is not known here
? 1
~ differs: a port is refused by name; the real one finds nobody
$ fuser foo/tcp
! fuser: can't stat 'foo/tcp': No such file or directory
? 1
$ fuser -FOO f
! fuser: invalid option -- 'F'
! Usage
? 1
$ fuser
! Usage
? 1
$ fuser -sm /; echo $?
0
