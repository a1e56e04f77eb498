# Programs in the order of their names
$ mkdir d; for i in b a c; do printf '#!/bin/sh\necho '$i' $*\n' > d/$i; chmod 755 d/$i; done; printf 'x' > d/no.sh; echo > d/plain; run-parts d; run-parts -a 1 -a 2 d; run-parts --reverse d; run-parts --test d; printf '#!/bin/sh\numask\n' > d/z; chmod 755 d/z; run-parts -u 077 d; rm d/z; printf '#!/bin/sh\nexit 3\n' > d/b; run-parts d; echo $?; run-parts --exit-on-error d; echo $?; run-parts nox; echo $?
a
b
c
a 1 2
b 1 2
c 1 2
c
b
a
d/a
d/b
d/c
a
b
c
0077
a
c
1
a
1
0
! run-parts: d/b: exit status 3
! run-parts: d/b: exit status 3
! run-parts: nox: No such file or directory
