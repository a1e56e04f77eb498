# No server
$ nslookup nosuch.invalid
;; connection timed out; no servers could be reached

! nslookup: write to '127.0.0.1': Connection refused
? 1
$ nslookup 127.0.0.1 127.0.0.1
;; connection timed out; no servers could be reached

! nslookup: read: Connection refused
! nslookup: read: Connection refused
? 1
$ nslookup 127.0.0.1 192.0.2.1
! nslookup: can't connect to remote host (192.0.2.1): Network is unreachable
? 1
$ nslookup -type=zz x
! nslookup: invalid query type "zz"
? 1
$ nslookup -debug -type=a nosuch.invalid
;; connection timed out; no servers could be reached

! nslookup: read: Connection refused
! nslookup: read: Connection refused
? 1
$ nslookup
! Usage
? 1
