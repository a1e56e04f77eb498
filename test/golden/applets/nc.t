# One end listens, the other connects: what is typed here is shown there
$ nc -l -p 7000 > out & sleep 0.3; echo hi | nc 127.0.0.1 7000; echo "status $?"; wait; cat out
status 0
hi
$ (sleep 0.3; echo answer) | nc -l -p 7001 & sleep 0.2; nc 127.0.0.1 7001 < /dev/null; echo asked | nc -l -p 7002 & sleep 0.2; (sleep 0.5) | nc 127.0.0.1 7002
asked

# A program answers
$ nc -l -p 7001 -e cat & sleep 0.3; echo back | nc 127.0.0.1 7001
back
$ nc -l -p 7002 -e sh -c 'read a; echo "got $a"' & sleep 0.3; echo word | nc 127.0.0.1 7002
got word
$ nc -ll -p 7003 -e cat & sleep 0.3; echo 1 | nc 127.0.0.1 7003; echo 2 | nc 127.0.0.1 7003; kill $!
1
2

# By IPv6, and by IPv4 to who listens on both
$ nc -l -p 7004 -e echo six & sleep 0.3; nc ::1 7004 < /dev/null; nc -l -p 7005 -e echo four & sleep 0.3; nc 127.0.0.2 7005 < /dev/null
six
four

# Nobody there
$ nc 127.0.0.1 9
! nc: can't connect to remote host (127.0.0.1): Connection refused
? 1
$ nc 192.0.2.7 80
! nc: can't connect to remote host (192.0.2.7): Network is unreachable
? 1
$ nc nosuch.invalid 80
! nc: bad address 'nosuch.invalid'
? 1
$ nc 127.0.0.1 99999
! nc: bad port '99999'
? 1
$ nc 127.0.0.1 nosuchservice
! nc: bad port 'nosuchservice'
? 1

# Waiting
$ nc -l -p 7003 -w 1 < /dev/null
! nc: timed out
? 1

# A port that is taken
$ nc -l -p 7006 < /dev/null > /dev/null & sleep 0.3; nc -l -p 7006; echo $?; kill $!
1
! nc: bind: Address already in use

# A file in place of the network; a pause before each line
< file
in the file
$ nc -f file < /dev/null; echo; (printf 'a\nb\n' | nc -i 1 -l -p 7008) & sleep 0.3; (sleep 3) | nc 127.0.0.1 7008
in the file

a
b

# Refused
$ nc
! Usage
? 1
$ nc -Q
! nc: invalid option -- 'Q'
! Usage
? 1
$ nc -l -p
! nc: option requires an argument -- 'p'
! Usage
? 1
