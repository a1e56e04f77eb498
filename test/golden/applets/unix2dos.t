# Line ends
$ printf 'a\r\nb\nc' | unix2dos | od -c; printf 'a\r\nb\n' | unix2dos -u | od -c; printf 'a\nb\n' > f; chmod 640 f; unix2dos f; od -c f; stat -c %a f; unix2dos -d f; od -c f
0000000   a  \r  \n   b  \r  \n   c
0000007
0000000   a  \n   b  \n
0000004
0000000   a  \r  \n   b  \r  \n
0000006
640
0000000   a  \r  \n   b  \r  \n
0000006
$ unix2dos nox; echo $?
1
! unix2dos: can't open 'nox': No such file or directory
