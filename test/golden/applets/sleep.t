# Times are added, with units
$ sleep 0.01 0.01s && echo awake
awake
$ sleep 1x
! sleep: invalid number '1x'
? 1
