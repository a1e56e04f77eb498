# Members listed, printed, taken out
$ printf '!<arch>\na/              0           0     0     100644  3         `\nhi\n\nb.txt/          86400       7     8     100755  6         `\nhello\n' > x.a; ar t x.a; ar p x.a; ar p x.a a; ar -t x.a b.txt; ar tv x.a; ar x x.a; ls; cat b.txt; stat -c %a b.txt; rm b.txt; ar xo x.a b.txt; stat -c %Y b.txt; ar xv x.a a
a
b.txt
hi
hello
hi
b.txt
rw-r--r-- 0/0      3 Jan  1 00:00 1970 a
rwxr-xr-x 7/8      6 Jan  2 00:00 1970 b.txt
a
b.txt
x.a
hello
755
86400
rw-r--r-- 0/0      3 Jan  1 00:00 1970 a
! ar: can't open 'a': File exists
? 1
$ ar t nox; echo $?; echo junkjunkjunk > j; ar t j; echo $?; ar p x.a nothere; echo $?
1
1
0
! ar: can't open 'nox': No such file or directory
! ar: invalid ar magic
