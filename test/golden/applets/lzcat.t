# lzcat
$ printf '\135\000\000\200\000\377\377\377\377\377\377\377\377\000\064\031\111\356\215\357\214\152\127\223\360\300\157\025\316\253\377\376\337\070\000' > a.lzma; lzcat a.lzma; lzcat < a.lzma
hello, lzma
hello, lzma
$ lzcat nox; echo $?; echo jj > b; lzcat b; echo $?
1
1
! lzcat: nox: No such file or directory
! lzcat: bad lzma header
