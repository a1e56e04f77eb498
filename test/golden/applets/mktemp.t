# As many letters as there were Xs
$ mktemp -u /tmp/box/aXXXXXX | tr -d '\n' | wc -c
16
$ f=$(mktemp ./a.XXXXXX); ls -l $f | cut -c1-10; d=$(mktemp -d ./b.XXXXXX); ls -ld $d | cut -c1-10
-rw-------
drwx------
$ mktemp -p /nosuch x.XXXXXX 2>&1 | sed 's/x\.[^:]*/NAME/'
mktemp: /nosuch/NAME: No such file or directory
~ differs: the real one names (null)
