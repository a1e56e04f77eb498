# This box answers
$ ping -c 2 127.0.0.1 | sed 's/time=.*/time=T/; s/= .*/= T/'
PING 127.0.0.1 (127.0.0.1): 56 data bytes
64 bytes from 127.0.0.1: seq=0 ttl=64 time=T
64 bytes from 127.0.0.1: seq=1 ttl=64 time=T

--- 127.0.0.1 ping statistics ---
2 packets transmitted, 2 packets received, 0% packet loss
round-trip min/avg/max = T
$ ping -c 1 -q 127.0.0.1 | sed 's/= .*/= T/'; echo $?
PING 127.0.0.1 (127.0.0.1): 56 data bytes

--- 127.0.0.1 ping statistics ---
1 packets transmitted, 1 packets received, 0% packet loss
round-trip min/avg/max = T
0
$ ping -c 1 -s 100 -t 64 -I lo 127.0.0.1 | sed 's/time=.*/time=T/; s/= .*/= T/'
PING 127.0.0.1 (127.0.0.1): 100 data bytes
108 bytes from 127.0.0.1: seq=0 ttl=64 time=T

--- 127.0.0.1 ping statistics ---
1 packets transmitted, 1 packets received, 0% packet loss
round-trip min/avg/max = T
$ ping -A -c 3 -i 0.1 -W 1 -w 5 -p ff 127.0.0.1 | sed 's/time=.*/time=T/; s/= .*/= T/'
PING 127.0.0.1 (127.0.0.1): 56 data bytes
64 bytes from 127.0.0.1: seq=0 ttl=64 time=T
64 bytes from 127.0.0.1: seq=1 ttl=64 time=T
64 bytes from 127.0.0.1: seq=2 ttl=64 time=T

--- 127.0.0.1 ping statistics ---
3 packets transmitted, 3 packets received, 0% packet loss
round-trip min/avg/max = T
$ ping6 -c 1 ::1 | sed 's/time=.*/time=T/; s/= .*/= T/'; ping -6 -c 1 ::1 | head -n 1
PING ::1 (::1): 56 data bytes
64 bytes from ::1: seq=0 ttl=64 time=T

--- ::1 ping statistics ---
1 packets transmitted, 1 packets received, 0% packet loss
round-trip min/avg/max = T
PING ::1 (::1): 56 data bytes

# Others do not
$ ping -c 1 192.0.2.1
PING 192.0.2.1 (192.0.2.1): 56 data bytes
! ping: sendto: Network is unreachable
? 1
$ ping6 -c 1 2001:db8::1
PING 2001:db8::1 (2001:db8::1): 56 data bytes
! ping6: sendto: Network is unreachable
? 1
$ ping -c 1 nosuch.invalid
! ping: bad address 'nosuch.invalid'
? 1
$ ping -6 -c 1 127.0.0.1
! ping: bad address '127.0.0.1'
? 1
$ ping -4 -c 1 ::1
! ping: bad address '::1'
? 1
$ ping -c x 127.0.0.1
! ping: invalid number 'x'
? 1
$ ping
! Usage
? 1
