# Again and again
$ timeout 0.5 watch -t -n 2 echo hi | od -c
0000000 033   [   H 033   [   J   h   i  \n
0000011
! Terminated
$ watch -n x ls
! watch: invalid number 'x'
? 1
