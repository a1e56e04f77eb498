# Levels that are none
$ klogd -n -c 9; klogd -c x
! klogd: number 9 is not in 1..8 range
! klogd: invalid number 'x'
? 1

# It says that it began
$ syslogd -C; sleep 0.3; klogd -c 3; sleep 0.3; logread | grep -c 'klogd started'; kill $(pidof klogd); sleep 0.3; logread | tail -1 | cut -c17-; kill $(pidof syslogd); sleep 0.3
1
box kern.notice kernel: klogd: exiting
~ differs: the real one logs what the kernel says
