# Programs in the order of their names
$ mkdir d; for i in b a c; do printf '#!/bin/sh\necho '$i' $*\n' > d/$i; chmod 755 d/$i; done; printf 'x' > d/no.sh; echo > d/plain; run-parts d; run-parts -a 1 -a 2 d; run-parts --reverse d; run-parts --test d; run-parts -u 077 d | head -1; printf '#!/bin/sh\nexit 3\n' > d/b; run-parts d; echo $?; run-parts --exit-on-error d; echo $?; run-parts nox; echo $?
