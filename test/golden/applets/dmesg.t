# Of the kernel's own words
$ dmesg -n x
! dmesg: invalid number 'x'
? 1
$ dmesg -r; dmesg -s 100; echo $?
0
~ differs: the kernel here says nothing
