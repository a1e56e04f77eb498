# By width and at blanks
$ echo 'the quick brown fox' | fold -w 10
the quick 
brown fox
$ echo 'the quick brown fox' | fold -s -w 10
the quick 
brown fox
$ echo héllo | fold -w 3
hél
lo
~ differs: characters are counted; Debian's busybox knows no UTF-8 without a locale

# By bytes
$ printf 'ab\tcdefgh\n' > f
$ fold -w 4 f
ab
	
cdef
gh
$ fold -b -w 4 f
ab	c
defg
h
$ fold -s -w 6 f
ab
	
cdefgh
$ printf 'one two three four\n' | fold -s -w 9
one two 
three 
four
$ fold -w 0 f
! fold: number 0 is not in 1..10000 range
? 1
$ fold -w x f
! fold: invalid number 'x'
? 1
$ fold nox
! fold: nox: No such file or directory
? 1
$ printf 'a\bb\rcdef\n' | fold -w 3 | od -c
0000000   a  \b   b  \r   c   d   e  \n   f  \n
0000012

# Of several widths only the last is looked at
$ printf 'one\n' > f; fold -w x -2 f
on
e
$ fold -w -1 -w x f
! fold: invalid number 'x'
? 1
