# The kind of system
$ uname; uname -s; uname -m; uname -o
Linux
Linux
x86_64
GNU/Linux
$ uname -sm
Linux x86_64
