# A process and its processors
$ taskset 1 echo hi; taskset -c 0 echo hi; taskset -p 99999; echo $?
hi
hi
1
! taskset: can't get pid 99999's affinity: No such process
