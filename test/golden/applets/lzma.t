# lzma
$ printf '\135\000\000\200\000\377\377\377\377\377\377\377\377\000\064\031\111\356\215\357\214\152\127\223\360\300\157\025\316\253\377\376\337\070\000' > a.lzma; lzma -d -k a.lzma; cat a; lzma -d -c a.lzma; lzma -d < a.lzma; lzma -d -t a.lzma; echo $?
hello, lzma
hello, lzma
hello, lzma
0
$ lzma -d a.lzma; echo $?; lzma -d -f a.lzma; ls; lzma -d a; echo $?; lzma -d nox; echo $?
1
a
1
1
! lzma: can't open 'a': File exists
! lzma: a: unknown suffix - ignored
! lzma: nox: No such file or directory
