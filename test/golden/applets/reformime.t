# The parts of a message, to files and to a program
< message
Content-Type: multipart/mixed; boundary=abc

preamble
--abc
Content-Type: text/plain; charset=utf-8
Content-Disposition: attachment; filename="sub/x.txt"

body one

body two
--abc
Content-Type: application/pdf
Content-Disposition: attachment;
	filename=na.pdf
Content-Transfer-Encoding: base64

aGVsbG8K
aGVsbG8K
--abc--
post
$ reformime -x p_ < message; ls; cat p_x.txt; echo; cat p_na.pdf
message
p_na.pdf
p_x.txt
body one

body two
hello
hello
~ differs: the real one frees what it may not, and is aborted
$ reformime -X sh -c 'echo "$0 $CONTENT_TYPE $CHARSET $ENCODING $FILENAME"; cat' name < message
name text/plain utf-8 7bit x.txt
body one

body twoname application/pdf us-ascii base64 na.pdf
hello
hello
~ differs: the real one frees what it may not, and is aborted

# What it cannot
$ printf 'Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\na=3D\n' | reformime -x q_; echo; rm -f q_*

! reformime: encoding 'quoted-printable' not supported
$ printf 'Content-Type: multipart/alternative; boundary=a\n\n--a\n\nx\n--a--\n' | reformime -x q_
! reformime: no support of content type 'multipart/alternative'
? 1
$ reformime < /dev/null
$ reformime -q
! reformime: invalid option -- 'q'
! Usage
? 1
