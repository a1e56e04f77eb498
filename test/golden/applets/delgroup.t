# Gone again
$ addgroup one; addgroup daemon one; delgroup daemon one; delgroup one; delgroup one; echo $?
1
! delgroup: unknown group one
