# xzcat
$ printf '\375\067\172\130\132\000\000\004\346\326\264\106\002\000\041\001\026\000\000\000\164\057\345\243\001\000\004\150\145\154\154\157\000\000\000\000\261\067\271\333\345\332\036\233\000\001\035\005\270\055\200\257\037\266\363\175\001\000\000\000\000\004\131\132' > a.xz; xzcat a.xz; echo; xzcat < a.xz; echo; zcat a.xz; echo
hello
hello
hello
$ xzcat nox; echo $?
1
! xzcat: nox: No such file or directory

# Nothing is an empty file
$ xzcat < /dev/null; : > e.xz; unxz e.xz; ls
e
