# A fifo joins two programs
$ mkfifo p; ls -l p | cut -c1-10; echo through > p & cat p
prw-r--r--
through
$ mkfifo -m 600 q; ls -l q | cut -c1-10
prw-------
$ mkfifo q
! mkfifo: q: File exists
? 1
