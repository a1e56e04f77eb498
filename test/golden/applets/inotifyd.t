# What cannot be watched
$ inotifyd - nosuch
! inotifyd: add watch (nosuch) failed: No such file or directory
? 1
$ inotifyd -
! Usage
? 1

# What happens to a file and in a folder
$ echo x > f; mkdir d; inotifyd - f:cDx d:nd > events & sleep 1; echo more >> f; sleep 1; echo > d/new; sleep 1; rm d/new; sleep 1; rm f; sleep 1; rmdir d; sleep 1; kill %1 2> /dev/null; cat events
c	f
n	d	new
d	d	new
D	f
x	f
~ differs: the real one is told of each step, this one looks
$ printf '#!/bin/sh\necho "got $*"\n' > h; chmod +x h; echo x > f; inotifyd ./h f:exD & sleep 1; chmod 600 f; sleep 1; rm f; wait
got e f
got D f
got x f
~ differs: the real one is told of each step, this one looks
$ inotifyd - h:w
! inotifyd: event 'w' cannot be seen here
? 1
~ differs: nothing tells of closing here
