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
