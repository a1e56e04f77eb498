# Parts in base64
< text
Hello
World
$ makemime text | sed 's/[0-9][0-9]*-[0-9]*-[0-9]*/B/'
Mime-Version: 1.0
Content-Type: multipart/mixed; boundary="B"

--B
Content-Type: application/octet-stream; charset=us-ascii
Content-Disposition: inline; filename="text"
Content-Transfer-Encoding: base64

SGVsbG8KV29ybGQK
--B--

$ seq 100 | makemime -c text/plain -C utf-8 -a 'From: me@here' -a 'To: you' - | sed 's/[0-9][0-9]*-[0-9]*-[0-9]*/B/'
From: me@here
To: you
Mime-Version: 1.0
Content-Type: multipart/mixed; boundary="B"

--B
Content-Type: text/plain; charset=utf-8
Content-Disposition: inline; filename="-"
Content-Transfer-Encoding: base64

MQoyCjMKNAo1CjYKNwo4CjkKMTAKMTEKMTIKMTMKMTQKMTUKMTYKMTcKMTgKMTkKMjAKMjEKMjIK
MjMKMjQKMjUKMjYKMjcKMjgKMjkKMzAKMzEKMzIKMzMKMzQKMzUKMzYKMzcKMzgKMzkKNDAKNDEK
NDIKNDMKNDQKNDUKNDYKNDcKNDgKNDkKNTAKNTEKNTIKNTMKNTQKNTUKNTYKNTcKNTgKNTkKNjAK
NjEKNjIKNjMKNjQKNjUKNjYKNjcKNjgKNjkKNzAKNzEKNzIKNzMKNzQKNzUKNzYKNzcKNzgKNzkK
ODAKODEKODIKODMKODQKODUKODYKODcKODgKODkKOTAKOTEKOTIKOTMKOTQKOTUKOTYKOTcKOTgK
OTkKMTAwCg==
--B--

$ makemime -o out -e x -N y text /dev/null; sed 's/[0-9][0-9]*-[0-9]*-[0-9]*/B/' out; rm out
Mime-Version: 1.0
Content-Type: multipart/mixed; boundary="B"

--B
Content-Type: application/octet-stream; charset=us-ascii
Content-Disposition: inline; filename="text"
Content-Transfer-Encoding: base64

SGVsbG8KV29ybGQK
--B
Content-Type: application/octet-stream; charset=us-ascii
Content-Disposition: inline; filename="null"
Content-Transfer-Encoding: base64

--B--

$ makemime nosuch > /dev/null
! makemime: can't open 'nosuch': No such file or directory
? 1
$ makemime -x
! makemime: invalid option -- 'x'
! Usage
? 1
