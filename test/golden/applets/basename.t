# The last name, without a suffix
$ basename /a/b.txt; basename /a/b.txt .txt; basename b/; basename /; basename .txt .txt
b.txt
b
b
/
.txt

# Many names
$ basename -a /a/b c/d
b
d
$ basename -s .c /x/a.c b.c
a
b

# No name at all
$ basename '' | od -c
0000000  \n
0000001

# Too many operands
$ basename a b c
! Usage
? 1

# A suffix with a minus
$ basename a-a -a
a
