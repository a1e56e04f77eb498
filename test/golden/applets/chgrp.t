# A group by name and number
$ touch f; chgrp sys f; ls -l f | cut -c25-28; chgrp 1 f; ls -l f | cut -c25-31
 sys
 daemon
$ chgrp nosuch f
! chgrp: unknown group nosuch
? 1
$ chgrp sys nosuch
! chgrp: nosuch: No such file or directory
? 1

# Of links, of trees, told or not
$ mkdir d
$ echo a > d/f
$ ln -s d l
$ ln -s f d/k
$ chgrp -c daemon d
changed ownership of 'd' to 0:1
$ chgrp -c daemon d
$ stat -c '%n %G' d d/f
d daemon
d/f root
$ stat -c '%n %G' d d/f d/k
d daemon
d/f root
d/k root
$ chgrp -h sys l
$ stat -c '%n %G' l d
l sys
d daemon
$ chgrp sys l
$ stat -c '%n %G' l d
l sys
d sys
$ chgrp -R -L mail l
$ stat -c '%n %G' d d/f
d mail
d/f mail
$ chgrp -R -H adm l
$ stat -c '%n %G' d d/f
d adm
d/f adm
$ chgrp -R -P games l
! chgrp: unknown group games
? 1
$ stat -c '%n %G' l d
l sys
d adm
$ chgrp bin nox
! chgrp: nox: No such file or directory
? 1
$ chgrp nobodyhere d
! chgrp: unknown group nobodyhere
? 1
$ chgrp 77 d
$ stat -c %g d
77

# Told after what is in it; what is not there is told anyhow
$ mkdir d
$ echo a > d/f
$ chgrp -R -v bin d
changed ownership of 'd/f' to 0:2
changed ownership of 'd' to 0:2
$ chgrp -R -c sys d
changed ownership of 'd/f' to 0:3
changed ownership of 'd' to 0:3
$ chgrp -f bin nox
! chgrp: nox: No such file or directory
? 1
