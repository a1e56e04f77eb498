# Programs run
$ setarch linux64 echo hi; linux64 echo hi
