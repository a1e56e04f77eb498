# Programs run
$ ionice -c 3 echo hi; ionice -c 2 -n 3 echo hi
hi
hi
