# Variables from files
$ mkdir e; printf 'one\ntwo\n' > e/A; : > e/B; printf 'x  \n' > e/C; B=gone envdir e sh -c 'echo "[$A][$B][$C]"'; envdir nox true; echo $?
[one][][x]
1
! envdir: can't change directory to 'nox': No such file or directory
