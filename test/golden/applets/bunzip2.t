# bunzip2 restores what bzip2 made
$ echo hello > a; bzip2 a; bunzip2 a.bz2; cat a
hello
$ bzip2 -k a; bunzip2 a.bz2; echo $?; bunzip2 -f a.bz2; echo $?; ls
1
0
a
! bunzip2: can't open 'a': File exists
$ bzip2 -k a; bunzip2 -kf a.bz2; ls; bunzip2 -c a.bz2; bunzip2 < a.bz2; bunzip2 -t a.bz2; echo $?
a
a.bz2
hello
hello
0
$ mv a.bz2 b.tbz; bunzip2 b.tbz; ls
a
b.tbz
! bunzip2: b.tbz: unknown suffix - ignored
$ bunzip2 a; echo $?; bunzip2 nox; echo $?; echo junk | bunzip2; echo $?
1
1
1
! bunzip2: a: unknown suffix - ignored
! bunzip2: nox: No such file or directory
! bunzip2: invalid magic
$ echo hello | bzip2 | head -c 20 | bunzip2; echo $?
1
! bunzip2: bunzip error -3
$ { echo one | bzip2; echo two | bzip2; } | bunzip2
one
two
$ bzcat nox a; echo $?
1
! bzcat: nox: No such file or directory
! bzcat: invalid magic
