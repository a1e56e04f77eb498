# Several files, one after another
$ echo one | bzip2 > a; echo two | bzip2 > b; bzcat a b; bzcat < a
one
two
one
$ bzcat nox; echo $?; echo junk > j; bzcat j; echo $?
1
1
! bzcat: nox: No such file or directory
! bzcat: invalid magic
