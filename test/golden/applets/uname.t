# The kind of system
$ uname; uname -s; uname -m; uname -o
Linux
Linux
x86_64
GNU/Linux
$ uname -sm
Linux x86_64

# All its fields
$ uname
Linux
$ uname -s
Linux
$ uname -m | wc -l
1
$ uname -o
GNU/Linux
$ uname -x
! uname: invalid option -- 'x'
! Usage
? 1
$ uname -a | cut -d ' ' -f 1
Linux
$ uname -n | wc -l
1
$ uname -r | wc -w
1
$ uname -v | wc -l
1
$ uname -p
unknown
$ uname -i
unknown
$ uname -sm | cut -d ' ' -f 1
Linux
