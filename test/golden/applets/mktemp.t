# As many letters as there were Xs
$ mktemp -u /tmp/box/aXXXXXX | tr -d '\n' | wc -c
16
$ f=$(mktemp ./a.XXXXXX); ls -l $f | cut -c1-10; d=$(mktemp -d ./b.XXXXXX); ls -ld $d | cut -c1-10
-rw-------
drwx------
$ mktemp -p /nosuch x.XXXXXX 2>&1 | sed 's/x\.[^:]*/NAME/'
mktemp: (null): No such file or directory

# In TMPDIR, quietly
$ mktemp -q /nodir/XXXXXX
? 1
$ TMPDIR=. mktemp -t x.XXXXXX | wc -c
11
$ mktemp -p . y.XXXXXX | wc -c
11
$ mktemp -d ./d.XXXXXX | wc -c
11
$ mktemp -u ./u.XXXXXX | wc -c
11
$ stat -c %a d.*
700
$ rm -r x.* y.* d.*
$ ls

# mkstemp leaves no name
$ mktemp x
! mktemp: (null): Invalid argument
? 1
$ mktemp -p no x.XXXXXX
! mktemp: (null): No such file or directory
? 1
$ mktemp -d no/x.XXXXXX
! mktemp: (null): No such file or directory
? 1
