# At least one
$ nproc --ignore=1000
1
