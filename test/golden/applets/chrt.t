# Programs run
$ chrt -o 0 echo hi
hi
