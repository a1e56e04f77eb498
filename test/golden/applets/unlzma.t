# unlzma
$ printf '\135\000\000\200\000\377\377\377\377\377\377\377\377\000\064\031\111\356\215\357\214\152\127\223\360\300\157\025\316\253\377\376\337\070\000' > a.lzma; unlzma  -k a.lzma; cat a; unlzma  -c a.lzma; unlzma  < a.lzma; unlzma  -t a.lzma; echo $?
hello, lzma
hello, lzma
hello, lzma
0
$ unlzma  a.lzma; echo $?; unlzma  -f a.lzma; ls; unlzma  a; echo $?; unlzma  nox; echo $?
1
a
1
1
! unlzma: can't open 'a': File exists
! unlzma: a: unknown suffix - ignored
! unlzma: nox: No such file or directory
