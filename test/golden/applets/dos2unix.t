# Line ends
$ printf 'a\r\nb\nc\r' | dos2unix | od -c; printf 'a\r\nb\nc' | dos2unix -d | od -c; printf 'a\r\nb\n' > f; dos2unix f; od -c f; dos2unix -d f; od -c f; dos2unix -u f; od -c f
0000000   a  \n   b  \n   c
0000005
0000000   a  \r  \n   b  \r  \n   c
0000007
0000000   a  \n   b  \n
0000004
0000000   a  \r  \n   b  \r  \n
0000006
0000000   a  \n   b  \n
0000004
$ dos2unix nox; echo $?
1
! dos2unix: can't open 'nox': No such file or directory
