# Files, by their names' types
$ mkdir w w/d; echo root > w/index.html; echo sub > w/d/f.txt; echo x > w/d/noext; httpd -p 8080 -h w; for u in / /d/f.txt /d/noext; do printf "GET $u HTTP/1.0\r\n\r\n" | nc 127.0.0.1 8080 | grep -v -e ^Date -e ^Last -e ^ETag; done; killall httpd 2>/dev/null; true
HTTP/1.1 200 OK
Connection: close
Content-type: text/html
Accept-Ranges: bytes
Content-Length: 5

root
HTTP/1.1 200 OK
Connection: close
Content-type: text/plain
Accept-Ranges: bytes
Content-Length: 4

sub
HTTP/1.1 200 OK
Connection: close
Accept-Ranges: bytes
Content-Length: 2

x
$ httpd -p 8080 -h w; wget -q -O - http://127.0.0.1:8080/; wget -q -O - 127.0.0.1:8080/index.html; wget -O - http://127.0.0.1:8080/nothere; echo $?; killall httpd 2>/dev/null; true
root
root
1
! Connecting to 127.0.0.1:8080 (127.0.0.1:8080)
! wget: server returned error: HTTP/1.1 404 Not Found

# A directory is redirected to itself with a slash; where no index is, nothing is found
$ mkdir w w/d; httpd -p 8080 -h w; for u in /d /d/ /; do printf "GET $u HTTP/1.1\r\nHost: h\r\n\r\n" | nc 127.0.0.1 8080 | grep -v ^Date; done; killall httpd 2>/dev/null; true
HTTP/1.1 302 Found
Connection: close
Content-type: text/html
Location: /d/

HTTP/1.1 404 Not Found
Connection: close
Content-type: text/html

\<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>
\<BODY><H1>404 Not Found</H1>
The requested URL was not found
\</BODY></HTML>
HTTP/1.1 404 Not Found
Connection: close
Content-type: text/html

\<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>
\<BODY><H1>404 Not Found</H1>
The requested URL was not found
\</BODY></HTML>

# Requests that are refused
$ mkdir w; echo x > w/x; httpd -p 8080 -h w; for r in 'PUT /x HTTP/1.1' 'GARBAGE' 'GET /x' 'GET http://h/x HTTP/1.0' 'GET /../x HTTP/1.0' 'GET /%zz HTTP/1.0' 'GET /%00 HTTP/1.0' 'POST /x HTTP/1.0' 'get /x HTTP/1.0' 'GET /./%78 HTTP/1.0'; do printf '%s\r\n\r\n' "$r" | nc 127.0.0.1 8080 | head -n 1; done; killall httpd 2>/dev/null; true
HTTP/1.1 501 Not Implemented
HTTP/1.1 400 Bad Request
HTTP/1.1 400 Bad Request
HTTP/1.1 400 Bad Request
HTTP/1.1 400 Bad Request
HTTP/1.1 400 Bad Request
HTTP/1.1 404 Not Found
HTTP/1.1 501 Not Implemented
HTTP/1.1 200 OK
HTTP/1.1 200 OK

# HEAD, a range, a file that is packed already
$ mkdir w; echo hello > w/x.txt; echo packed > w/x.txt.gz; httpd -p 8080 -h w; printf 'HEAD /x.txt HTTP/1.0\r\n\r\n' | nc 127.0.0.1 8080 | grep -v -e ^Date -e ^Last -e ^ETag; for r in 'HEAD /no' 'GET /x.txt'; do printf "$r HTTP/1.0\r\nRange: bytes=1-2\r\n\r\n" | nc 127.0.0.1 8080 | grep -v -e ^Date -e ^Last -e ^ETag; echo; done; printf "GET /x.txt HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n" | nc 127.0.0.1 8080 | grep -v -e ^Date -e ^Last -e ^ETag; killall httpd 2>/dev/null; true
HTTP/1.1 200 OK
Connection: close
Content-type: text/plain
Accept-Ranges: bytes
Content-Length: 6

hello
HTTP/1.1 404 Not Found
Connection: close
Content-type: text/html

\<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>
\<BODY><H1>404 Not Found</H1>
The requested URL was not found
\</BODY></HTML>

HTTP/1.1 206 Partial Content
Connection: close
Content-type: text/html
Content-Range: bytes 1-2/6
Accept-Ranges: bytes
Content-Length: 2

el

HTTP/1.1 200 OK
Connection: close
Content-type: text/plain
Accept-Ranges: bytes
Content-Length: 7
Content-Encoding: gzip

packed

# CGI: the environment, the body, and what becomes of the answer
$ mkdir -p w/cgi-bin; printf '#!/bin/sh\necho "Content-type: text/plain"\necho\nenv | grep -e ^REQUEST -e ^SCRIPT -e ^QUERY -e ^PATH_INFO -e ^HTTP_ -e ^CONTENT -e ^SERVER_P -e ^GATE -e REMOTE_ADDR | sort\ncat\n' > w/cgi-bin/env; chmod +x w/cgi-bin/env; httpd -p 127.0.0.1:8080 -h w; printf 'POST /cgi-bin/env/more/x?a=b%%20c HTTP/1.0\r\nContent-Length: 3\r\nContent-Type: a/b\r\nX-Foo: 1\r\nCookie: k=v\r\n\r\nabc' | nc 127.0.0.1 8080; killall httpd 2>/dev/null; true; echo
HTTP/1.1 200 OK
Content-type: text/plain

CONTENT_LENGTH=3
CONTENT_TYPE=a/b
GATEWAY_INTERFACE=CGI/1.1
HTTP_COOKIE=k=v
HTTP_X_FOO=1
PATH_INFO=/more/x
QUERY_STRING=a=b%20c
REMOTE_ADDR=127.0.0.1
REQUEST_METHOD=POST
REQUEST_URI=/cgi-bin/env/more/x?a=b%20c
SCRIPT_NAME=/cgi-bin/env
SERVER_PROTOCOL=HTTP/1.1
abc
$ printf '#!/bin/sh\necho "Status: 404 Nope"\necho\necho x\n' > w/cgi-bin/status; printf '#!/bin/sh\nprintf "HTTP/1.0 201 C\\r\\n\\r\\nz\\n"\n' > w/cgi-bin/whole; printf '#!/bin/sh\n' > w/cgi-bin/none; echo x > w/cgi-bin/plain; chmod +x w/cgi-bin/[swn]*; httpd -p 8080 -h w; for c in status whole none plain absent ''; do printf "GET /cgi-bin/$c HTTP/1.0\r\n\r\n" | nc 127.0.0.1 8080 | grep -v ^Date; done; killall httpd 2>/dev/null; true
HTTP/1.1 404 Nope

x
HTTP/1.0 201 C

z
HTTP/1.1 404 Not Found
Connection: close
Content-type: text/html

\<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>
\<BODY><H1>404 Not Found</H1>
The requested URL was not found
\</BODY></HTML>
HTTP/1.1 404 Not Found
Connection: close
Content-type: text/html

\<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>
\<BODY><H1>404 Not Found</H1>
The requested URL was not found
\</BODY></HTML>
HTTP/1.1 403 Forbidden
Connection: close
Content-type: text/html

\<HTML><HEAD><TITLE>403 Forbidden</TITLE></HEAD>
\<BODY><H1>403 Forbidden</H1>

\</BODY></HTML>

# The configuration: pages, types, logins, interpreters, who may come
$ mkdir -p w/priv; echo main > w/main.htm; echo secret > w/priv/f.txt; echo lost > lost; echo f > w/a.foo; printf '#!/bin/sh\necho; echo "run $1"; cat "$1"' > run; chmod +x run; echo words > w/s.run; printf "# comment\nI:main.htm\nE404:$PWD/lost\n.foo:x/foo\n/priv:user:pw\n*.run:$PWD/run\nA:127.\nD:*\n" > conf; httpd -p 8080 -h w -c $PWD/conf -r 'My Realm'; for u in / /none /a.foo /priv/f.txt /s.run; do printf "GET $u HTTP/1.0\r\n\r\n" | nc 127.0.0.1 8080 | grep -v -e ^Date -e ^Last -e ^ETag; done; wget -q -O - http://user:pw@127.0.0.1:8080/priv/f.txt; wget -q -O - http://user:no@127.0.0.1:8080/priv/f.txt; killall httpd 2>/dev/null; true
HTTP/1.1 200 OK
Connection: close
Content-type: text/html
Accept-Ranges: bytes
Content-Length: 5

main
HTTP/1.1 404 Not Found
Connection: close
Content-type: text/html

lost
HTTP/1.1 200 OK
Connection: close
Content-type: x/foo
Accept-Ranges: bytes
Content-Length: 2

f
HTTP/1.1 401 Unauthorized
Connection: close
Content-type: text/html
WWW-Authenticate: Basic realm="My Realm"

\<HTML><HEAD><TITLE>401 Unauthorized</TITLE></HEAD>
\<BODY><H1>401 Unauthorized</H1>

\</BODY></HTML>
HTTP/1.1 200 OK

run s.run
words
secret
! wget: server returned error: HTTP/1.1 401 Unauthorized
$ echo 'D:127.0.0.1' > conf; httpd -p 8080 -h w -c $PWD/conf; wget -O - http://127.0.0.1:8080/main.htm; killall httpd 2>/dev/null; true; printf 'A:10.0.0.0/8\nD:*\n' > conf; httpd -p 8080 -h w -c $PWD/conf; wget -q -O - http://127.0.0.1:8080/main.htm; killall httpd 2>/dev/null; true; httpd -p 8080 -c /nosuch
! Connecting to 127.0.0.1:8080 (127.0.0.1:8080)
! wget: server returned error: HTTP/1.1 403 Forbidden
! wget: server returned error: HTTP/1.1 403 Forbidden
! httpd: /nosuch: No such file or directory
? 1

# The password of a line may be hashed, and a directory has lines of its own
$ mkdir -p w/sub; echo s > w/sub/s.txt; echo 'I:s.txt' > w/sub/httpd.conf; echo t > w/t.txt; echo "/:me:$(httpd -m word)" > w/httpd.conf; httpd -p 8080 -h w; wget -q -O - http://me:word@127.0.0.1:8080/t.txt; wget -q -O - http://me:bad@127.0.0.1:8080/t.txt; wget -q -O - http://me:word@127.0.0.1:8080/sub/; killall httpd 2>/dev/null; true; rm w/httpd.conf
t
s
! wget: server returned error: HTTP/1.1 401 Unauthorized

# One request from stdin
$ echo x > index.html; printf 'GET / HTTP/1.0\r\n\r\n' | httpd -i | grep -v -e ^Date -e ^Last -e ^ETag
HTTP/1.1 200 OK
Connection: close
Content-type: text/html
Accept-Ranges: bytes
Content-Length: 2

x

# In the foreground it tells what it does
$ echo x > f; httpd -f -vv -p 127.0.0.1:8080 2> log & sleep 0.3; wget -q -O - 127.0.0.1:8080/f; wget -q -O - 127.0.0.1:8080/no; kill $!; sed 's/:[0-9]*: /:PORT: /' log; rm log
x
127.0.0.1:PORT: url:/f
127.0.0.1:PORT: response:200
127.0.0.1:PORT: url:/no
127.0.0.1:PORT: response:404
! wget: server returned error: HTTP/1.1 404 Not Found
$ httpd -f -v -p 127.0.0.1:8081 2> log & sleep 0.3; wget -q -O - 127.0.0.1:8081/f; kill $!; sed 's/:[0-9]*: /:PORT: /' log; rm log
x
127.0.0.1:PORT: response:200

# What it says of itself
$ httpd -e '<a b&c>'; echo; httpd -d 'a%20b+c%zz%4'; echo; httpd -m x | cut -c1-3
&#60;a&#32;b&#38;c&#62;
a b c%zz%4
\$1$
$ httpd -p 8080; httpd -p 8080; echo $?; killall httpd 2>/dev/null; true
1
! httpd: bind: Address already in use
$ httpd -h /nosuch
! httpd: can't change directory to '/nosuch': No such file or directory
? 1
$ httpd -p x
! httpd: bad address 'x'
? 1
$ httpd -u nosuch -p 8098
! httpd: unknown user/group nosuch
? 1
$ httpd -x
! httpd: invalid option -- 'x'
! Usage
? 1
$ echo n > index.html; httpd -u 65534:65534 -p 8090; wget -q -O - 127.0.0.1:8090; killall httpd 2>/dev/null; true
n
