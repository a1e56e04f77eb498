# Files of a process
$ lsof | grep -c nosuchfile
0
? 1
