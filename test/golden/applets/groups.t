# Of oneself, of another
$ groups root; groups daemon
root wheel
daemon
$ groups nosuch
! groups: unknown user nosuch
? 1
