# There is no configuration
$ bbconfig
\# cowbox: not configured; see busybox --list
~ differs: the real one that was built with it prints how it was configured
