# xz only reads
$ printf '\375\067\172\130\132\000\000\004\346\326\264\106\002\000\041\001\026\000\000\000\164\057\345\243\001\000\004\150\145\154\154\157\000\000\000\000\261\067\271\333\345\332\036\233\000\001\035\005\270\055\200\257\037\266\363\175\001\000\000\000\000\004\131\132' > a.xz; xz -dc a.xz; echo
hello
$ xz -d < a.xz; echo; xz -t a.xz; echo $?
hello
0
$ xz -dk a.xz; ls; xz -dk a.xz; echo $?; xz -dkf a.xz; cat a; echo
a
a.xz
1
hello
! xz: can't open 'a': File exists
$ xz -d nox; echo $?; xz -d a; echo $?
1
1
! xz: nox: No such file or directory
! xz: a: unknown suffix - ignored
$ echo junkjunkjunk | xz -d; echo $?
1
! xz: invalid magic
~ differs: what is no xz data is refused, not taken for nothing
