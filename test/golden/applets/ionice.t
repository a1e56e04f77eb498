# Programs run
$ ionice echo hi; ionice -c 2 -n 3 echo hi
