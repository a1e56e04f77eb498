# From a process down
$ pstree nosuchuser
! pstree: unknown user nosuchuser
? 1
$ yes > /dev/null & pstree -p $! | tr -d '0-9'; kill $!
yes()
