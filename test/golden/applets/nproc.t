# At least one
$ nproc --ignore=1000
1

# All
$ nproc --ignore=1000
1
$ nproc -x
! nproc: invalid option -- 'x'
! Usage
? 1

# All of them
~ full
$ nproc --ignore=1000
1
$ nproc --all --ignore=1000
1
$ nproc -x
! nproc: invalid option -- 'x'
! Usage
? 1
$ nproc --ignore=x
! nproc: invalid number 'x'
? 1
