# Without a network
$ wget -q http://nosuch.invalid/; echo $?; wget -O - -q nosuch.invalid; echo $?
1
1
! wget: bad address 'nosuch.invalid'
! wget: bad address 'nosuch.invalid'

# Refused by itself
$ wget
! Usage
? 1
$ wget junk://x/y
! wget: not an http or ftp url: junk://x/y
? 1
$ wget -x
! wget: invalid option -- 'x'
! Usage
? 1
$ wget -T x http://x/
! wget: invalid number 'x'
? 1

# Refused by itself
~ full
$ wget --spider
! Usage
? 1
$ wget -q
! Usage
? 1
$ wget -O x
! Usage
? 1
$ wget junk
! wget: bad address 'junk'
? 1
$ wget -T 1
! Usage
? 1

# What is fetched, and where to
$ mkdir w; echo hello > w/f.txt; echo root > w/index.html; httpd -p 8080 -h w; wget -O - http://127.0.0.1:8080/f.txt; wget -q http://127.0.0.1:8080/; cat index.html; wget http://127.0.0.1:8080/; wget -O out http://127.0.0.1:8080/f.txt http://127.0.0.1:8080/; cat out; wget -P w http://127.0.0.1:8080/f.txt; wget -q -O /nosuch/x http://127.0.0.1:8080/f.txt; echo $?; wget -O none http://127.0.0.1:8080/nothere; ls; killall httpd 2>/dev/null; true
hello
root
hello
root
1
index.html
out
w
! Connecting to 127.0.0.1:8080 (127.0.0.1:8080)
! writing to stdout
! -                    100% |********************************|     6  0:00:00 ETA
! written to stdout
! Connecting to 127.0.0.1:8080 (127.0.0.1:8080)
! wget: can't open 'index.html': File exists
! Connecting to 127.0.0.1:8080 (127.0.0.1:8080)
! saving to 'out'
! out                  100% |********************************|     6  0:00:00 ETA
! 'out' saved
! Connecting to 127.0.0.1:8080 (127.0.0.1:8080)
! saving to 'out'
! out                  100% |********************************|     5  0:00:00 ETA
! 'out' saved
! Connecting to 127.0.0.1:8080 (127.0.0.1:8080)
! wget: can't open 'w/f.txt': File exists
! wget: can't open '/nosuch/x': No such file or directory
! Connecting to 127.0.0.1:8080 (127.0.0.1:8080)
! wget: server returned error: HTTP/1.1 404 Not Found
$ httpd -p 8080 -h w; wget --spider http://127.0.0.1:8080/f.txt; wget --spider http://127.0.0.1:8080/no; wget -S -O - http://127.0.0.1:8080/f.txt 2>&1 | grep -v -e Date -e Last -e ETag; wget -o log -O - http://127.0.0.1:8080/f.txt; cat log; wget -q --no-check-certificate -O - 127.0.0.1:8080; killall httpd 2>/dev/null; true
Connecting to 127.0.0.1:8080 (127.0.0.1:8080)
  HTTP/1.1 200 OK
  Connection: close
  Content-type: text/plain
  Accept-Ranges: bytes
  Content-Length: 6
  
writing to stdout
hello
-                    100% |********************************|     6  0:00:00 ETA
written to stdout
hello
Connecting to 127.0.0.1:8080 (127.0.0.1:8080)
writing to stdout
written to stdout
root
! Connecting to 127.0.0.1:8080 (127.0.0.1:8080)
! remote file exists
! Connecting to 127.0.0.1:8080 (127.0.0.1:8080)
! wget: server returned error: HTTP/1.1 404 Not Found
$ printf 'hel' > part; httpd -p 8080 -h w; wget -c -O part http://127.0.0.1:8080/f.txt; cat part; wget -q -c http://127.0.0.1:8080/f.txt -P .; cat f.txt; killall httpd 2>/dev/null; true
hello
hello
! Connecting to 127.0.0.1:8080 (127.0.0.1:8080)
! saving to 'part'
! part                 100% |********************************|     6  0:00:00 ETA
! 'part' saved

# How large things are shown
$ for n in 99999 100000 102400 1000000 10000000; do head -c $n /dev/zero > f$n; done; httpd -p 8080; for n in 99999 100000 102400 1000000 10000000; do wget -O /dev/null http://127.0.0.1:8080/f$n 2>&1 | grep % | tail -n 1; rm f$n; done; killall httpd 2>/dev/null; true
null                 100% |********************************| 99999  0:00:00 ETA
null                 100% |********************************| 97.6k  0:00:00 ETA
null                 100% |********************************|  100k  0:00:00 ETA
null                 100% |********************************|  976k  0:00:00 ETA
null                 100% |********************************| 9765k  0:00:00 ETA

# What is asked
$ ask() { printf "$1" | nc -l -p 7500 > request & shift; sleep 0.3; wget "$@"; echo "status $?"; wait; tr -d '\r' < request | grep .; rm request; }; ask 'HTTP/1.0 200 OK\r\n\r\nbody\n' -q -O - 'http://127.0.0.1:7500/a/b?c=d'; ask 'HTTP/1.0 200 OK\r\n\r\nbody\n' -q -O - --header 'X-Y: 1' --header 'Host: me' -U agent http://user:pw@127.0.0.1:7500; ask 'HTTP/1.0 200 OK\r\n\r\nbody\n' -q -O - --post-data a=b --header 'X-Y: 1' http://127.0.0.1:7500/; printf 'A%%sB' > pf; ask 'HTTP/1.0 200 OK\r\n\r\nbody\n' -q -O - --post-file pf http://127.0.0.1:7500/; echo
body
status 0
GET /a/b?c=d HTTP/1.1
Host: 127.0.0.1:7500
User-Agent: Wget
Connection: close
body
status 0
GET / HTTP/1.1
User-Agent: agent
Connection: close
Authorization: Basic dXNlcjpwdw==
X-Y: 1
Host: me
body
status 0
POST / HTTP/1.1
Host: 127.0.0.1:7500
User-Agent: Wget
Connection: close
X-Y: 1
Content-Type: application/x-www-form-urlencoded
Content-Length: 3
a=b
body
status 0
POST / HTTP/1.1
Host: 127.0.0.1:7500
User-Agent: Wget
Connection: close
Content-Type: application/x-www-form-urlencoded
Content-Length: 4
A%sB

$ export http_proxy=http://127.0.0.1:7600; printf 'HTTP/1.0 200 OK\r\n\r\nby proxy\n' | nc -l -p 7600 > request & sleep 0.3; wget -q -O - http://nosuch.invalid/zz; tr -d '\r' < request | grep .; wget -q -Y off http://127.0.0.1:1/
by proxy
GET http://nosuch.invalid/zz HTTP/1.1
Host: nosuch.invalid
User-Agent: Wget
Connection: close
! wget: can't connect to remote host (127.0.0.1): Connection refused
? 1

# What is answered
$ answer() { printf "$1" | nc -l -p 7700 > /dev/null & sleep 0.3; shift; wget "$@" http://127.0.0.1:7700/x; echo "status $?"; wait; }; answer 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n' -O -; answer 'garbage\r\n\r\n' -O -; answer '' -O -; answer 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort' -O -; answer 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nlonger' -O -
abcdestatus 0
status 1
status 1
shortstatus 1
lostatus 0
! Connecting to 127.0.0.1:7700 (127.0.0.1:7700)
! writing to stdout
! -                    100% |********************************|     5  0:00:00 ETA
! written to stdout
! Connecting to 127.0.0.1:7700 (127.0.0.1:7700)
! wget: error getting response
! Connecting to 127.0.0.1:7700 (127.0.0.1:7700)
! wget: error getting response
! Connecting to 127.0.0.1:7700 (127.0.0.1:7700)
! writing to stdout
! wget: connection closed prematurely
! Connecting to 127.0.0.1:7700 (127.0.0.1:7700)
! writing to stdout
! -                    100% |********************************|     2  0:00:00 ETA
! written to stdout
$ answer() { printf "$1" | nc -l -p 7800 > /dev/null & sleep 0.3; shift; wget "$@" http://127.0.0.1:7800/x; echo "status $?"; wait; }; answer 'HTTP/1.1 204 No Content\r\n\r\n' -O -; answer 'HTTP/1.1 401 Unauthorized\r\nX: y\r\n\r\nno' -S -O -; answer 'HTTP/1.1 200 OK\r\nX: y\r\n\r\n' --spider -S; answer 'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nq' -O -; answer 'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/y\r\n\r\n' -O -
status 0
status 1
status 0
status 1
status 1
! Connecting to 127.0.0.1:7800 (127.0.0.1:7800)
! writing to stdout
! written to stdout
! Connecting to 127.0.0.1:7800 (127.0.0.1:7800)
!   HTTP/1.1 401 Unauthorized
! wget: server returned error: HTTP/1.1 401 Unauthorized
! Connecting to 127.0.0.1:7800 (127.0.0.1:7800)
!   HTTP/1.1 200 OK
!   X: y
!   
! remote file exists
! Connecting to 127.0.0.1:7800 (127.0.0.1:7800)
! wget: content-length x is garbage
! Connecting to 127.0.0.1:7800 (127.0.0.1:7800)
! Connecting to 127.0.0.1:1 (127.0.0.1:1)
! wget: can't connect to remote host (127.0.0.1): Connection refused

# Nobody there
$ wget http://127.0.0.1:1/
! Connecting to 127.0.0.1:1 (127.0.0.1:1)
! wget: can't connect to remote host (127.0.0.1): Connection refused
? 1
$ wget http://192.0.2.1/
! Connecting to 192.0.2.1 (192.0.2.1:80)
! wget: can't connect to remote host (192.0.2.1): Network is unreachable
? 1
$ wget -q ftp://127.0.0.1/x
! wget: can't connect to remote host (127.0.0.1): Connection refused
? 1
$ wget http://127.0.0.1:99999/
! wget: bad port '99999'
? 1
$ wget http://127.0.0.1:abc/
! wget: bad port 'abc'
? 1
$ wget http:///x
! wget: bad address ''
? 1
$ wget --post-file nofile http://127.0.0.1:1/
! Connecting to 127.0.0.1:1 (127.0.0.1:1)
! wget: can't connect to remote host (127.0.0.1): Connection refused
? 1
$ wget -t 2 --passive-ftp http://127.0.0.1:1/
! Connecting to 127.0.0.1:1 (127.0.0.1:1)
! wget: can't connect to remote host (127.0.0.1): Connection refused
? 1

# A header, a body, a name of one's own
$ wget -q --header 'X-Y: 1' -U me http://127.0.0.1:1/
! wget: can't connect to remote host (127.0.0.1): Connection refused
? 1
$ wget -q --post-data a=b http://127.0.0.1:1/
! wget: can't connect to remote host (127.0.0.1): Connection refused
? 1
