# Programs run
$ setarch linux64 echo hi; linux64 echo hi
hi
hi
~ differs: the real one says nothing where it may not change the personality
