# Made, listed, unpacked
< numbers
one
two
three
four
five
six
seven
eight
nine
ten
eleven
twelve
< words
zeta
alpha
mu
$ tar cf x.tar words numbers; tar tf x.tar
words
numbers
$ mkdir d; tar xvf x.tar -C d; ls d; cat d/words
words
numbers
numbers
words
zeta
alpha
mu

# Compressed
< words
zeta
alpha
mu
$ tar czf x.tgz words; tar tzf x.tgz
words

# To stdout
< words
zeta
alpha
mu
$ tar cf x.tar words; tar xOf x.tar words
zeta
alpha
mu

# Through a pipe
< words
zeta
alpha
mu
$ tar cf - words | tar tf -
words

# Parts of names are dropped
< words
zeta
alpha
mu
$ mkdir d; cp words d; tar cf x.tar d; rm words; tar xf x.tar --strip-components 1; cat words
zeta
alpha
mu

# What is not there
< words
zeta
alpha
mu
$ tar cf x.tar words; tar xf x.tar nope
! tar: nope: not found in archive
? 1
$ tar xf nope.tar
! tar: can't open 'nope.tar': No such file or directory
? 1
$ tar cf empty.tar
! tar: empty archive
? 1

# Files that are there are kept with -k
< words
zeta
alpha
mu
$ tar cf x.tar words; tar xkf x.tar
! tar: can't open 'words': File exists
? 1

# Owners, times, names from a file, to a command
$ mkdir d; echo 1 > d/a; echo 2 > d/b; ln -s a d/l; chmod 640 d/a; chown 12:34 d/a; touch -d '2000-01-01 00:00:00' d/a; tar cf x.tar d; rm -r d; tar xf x.tar; stat -c '%a %u %g %Y' d/a; tar xmf x.tar; test "$(stat -c %Y d/a)" -gt 1000000000; echo $?; tar xof x.tar; stat -c '%u %g' d/a; tar xpf x.tar; stat -c %a d/a; umask 077; tar x --no-same-permissions -f x.tar; stat -c %a d/a
640 12 34 946684800
0
0 0
640
600
$ mkdir d
! mkdir: can't create directory 'd': File exists
? 1
$ echo 1 > d/a
$ echo 2 > d/b
$ ln -s a d/l
! ln: d/l: File exists
? 1
$ tar cf x.tar d
$ tar tf x.tar | sort
d/
d/a
d/b
d/l
$ tar tf x.tar d/a
d/a
$ tar --numeric-owner -tvf x.tar d/a | cut -c 1-14
-rw------- 12/
$ tar xOf x.tar d/b
2
$ printf 'd/a\n' > names
$ printf 'd/b\n' > not
$ tar chf h.tar d/l
$ tar tf h.tar
d/l
$ tar xOf h.tar
1
$ tar cf n.tar --no-recursion d
$ tar tf n.tar
d/
$ tar x -f x.tar --to-command 'cat' d/a
1
$ echo 9 > d/a
$ cat d/a
9
$ tar cjf x.tbz d
$ tar tjf x.tbz | sort
d/
d/a
d/b
d/l
$ tar caf a.tgz d
$ tar tzf a.tgz | sort
d/
d/a
d/b
d/l
$ mkdir o
$ tar xf x.tar -C o
$ find o | sort
o
o/d
o/d/a
o/d/b
o/d/l
$ tar xvf x.tar d/a
d/a
$ mkdir p
$ tar xf x.tar -C p --strip-components=1
$ find p | sort
p
p/a
p/b
p/l
$ tar tf nox
! tar: can't open 'nox': No such file or directory
? 1
$ tar xf /dev/null
! tar: short read
? 1
$ echo junk > j
$ tar tf j
! tar: short read
? 1
$ tar
! Usage
? 1
$ tar cf e.tar
! tar: empty archive
? 1
$ tar cf x.tar nox
! tar: nox: No such file or directory
! tar: error exit delayed from previous errors
? 1
$ tar tf x.tar nothere
! tar: nothere: not found in archive
? 1
$ tar xtf x.tar
! Usage
? 1

# Junk in every packing; a link that is there
$ echo junk > j
$ tar xZf j
! tar: invalid magic
! tar: short read
? 1
$ tar xzf j
! tar: invalid magic
! tar: short read
? 1
$ tar xjf j
! tar: invalid magic
! tar: short read
? 1
$ tar xf j
! tar: short read
? 1
$ ln -s a l
$ tar cf x.tar l
$ tar xf x.tar
$ readlink l
a

# Names from files, without some
~ full
$ mkdir d
$ echo 1 > d/a
$ echo 2 > d/b
$ printf 'd/a\n' > names
$ tar cf x.tar d/a d/b
$ tar cf z.tar --exclude 'd/*b' d
$ tar tf z.tar
d/
d/a
$ tar tf x.tar -T names
d/a
$ tar tf x.tar --exclude d/a
d/b
$ rm -r d
$ tar xf x.tar -T names
$ find d | sort
d
d/a
$ tar tf x.tar --exclude=d
$ tar xf x.tar --exclude b
$ tar rf x.tar
! tar: invalid option -- 'r'
! Usage
? 1

# A symlink in the way; lists that are not there
$ echo junk > j
$ tar x --lzma -f j 2>/dev/null
? 1
$ tar xzf j
! tar: invalid magic
! tar: short read
? 1
$ tar xjf j
! tar: invalid magic
! tar: short read
? 1
$ ln -s a l
$ tar cf x.tar l
$ tar x --overwrite -f x.tar
! tar: can't create symlink 'l' to 'a': File exists
? 1
$ tar xkf x.tar
! tar: can't create symlink 'l' to 'a': File exists
? 1
$ tar xf x.tar
$ readlink l
a
$ tar xJf j
! tar: short read
? 1

# Lists that are not there
~ full
$ echo a > a
$ tar cf x.tar a

# Without what a list has
~ full
$ echo a > a; echo b > b; echo b > not; tar cf x.tar a b; tar tf x.tar -X not
a
$ tar cf y.tar -X not a b; tar tf y.tar
a

# Damaged headers
$ echo a > a; tar cf t.tar a; printf X | dd of=t.tar bs=1 seek=10 conv=notrunc status=none; tar tf t.tar
! tar: invalid tar header checksum
? 1
$ tar cf t.tar a; printf X | dd of=t.tar bs=1 seek=258 conv=notrunc status=none; tar tf t.tar
! tar: invalid tar magic
? 1
$ seq 1000 > u.tar; tar tf u.tar
! tar: invalid tar magic
? 1
