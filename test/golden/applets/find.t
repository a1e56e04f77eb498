# All that is there
$ mkdir -p a/b c; echo hi > a/b/x.txt; echo > c/y; ln -s a l; touch e; find | sort; find a c -type f | sort; find a -depth
.
./a
./a/b
./a/b/x.txt
./c
./c/y
./e
./l
a/b/x.txt
c/y
a/b/x.txt
a/b
a
$ find nosuch
! find: nosuch: No such file or directory
? 1
$ find . -maxdepth 1 | sort; find . -mindepth 2 | sort; find a/ -name a; find -H l | sort; find -L . -name b | sort
.
./a
./c
./e
./l
./a/b
./a/b/x.txt
./c/y
a/
l
l/b
l/b/x.txt
./a/b
./l/b

# Names and paths
$ mkdir -p a/b; touch a/b/x.txt a/.h; find . -name '*.txt'; find . -name '*h'; find . -iname 'X*'; find . -path './a/*' | sort; find . -regex '.*/x.*'; find . -regex x
./a/b/x.txt
./a/.h
./a/b/x.txt
./a/.h
./a/b
./a/b/x.txt
./a/b/x.txt

# Kinds, modes, sizes, owners
$ mkdir d; echo hi > d/f; touch e; chmod 600 e; ln -s e l; find . -type f | sort; find . -type l; find . ! -type d | sort; find . -perm 600; find . -perm -400 -type f | sort; find . -perm /077 -type f; find . -size 3c; find . -size +2c -type f; find . -size -1 -type f | sort; find . -empty -type f; find . -user root -name e; find . -group nosuch
./d/f
./e
./l
./d/f
./e
./l
./e
./d/f
./e
./d/f
./d/f
./d/f
./d/f
./e
./e
./e
! find: unknown group nosuch
? 1
$ find . -links +1 | sort; find . -samefile e; find . -newer e -name zz; find . -executable -name d
.
./d
./e
./d

# Times
$ touch -d '2000-01-01 00:00:00' old; touch new; find . -type f -mtime +1; find . -type f -mtime -1; find . -type f -mmin +60; find . -newer old -type f
./old
./new
./old
./new

# and, or, not, parentheses
$ touch a b c; find . '(' -name a -o -name b ')' -print | sort; find . -type f -not -name a | sort; find . -name a -prune -o -type f -print | sort; find . -type f -a -name c; find . -name a -o -name b -print
./a
./b
./b
./c
./b
./c
./c
./b

# Actions
$ touch a b; find . -type f -exec echo {} {}x ';' | sort; find . -type f -exec echo {} + | tr ' ' '\n' | sort; find . -type f -print0 | tr '\000' '|' | wc -c; find . -name a -exec false ';' -print; find . -name a -exec sh -c 'exit 3' {} +
./a ./ax
./b ./bx
./a
./b
8
? 1
$ find . -name a -exec nosuch ';'
! find: nosuch: No such file or directory
$ find . -quit; find . -name a -exec echo {} more + | cat
./a more

# What it does not understand
$ find -type
! find: -type requires an argument
? 1
$ find . -type q
! find: invalid argument 'q' to '-type'
? 1
$ find . '('
! find: unpaired '('
? 1
$ find . -exec echo {}
! find: -exec requires an argument
? 1
$ find . -exec echo x +
! find: only one '{}' allowed for -exec +
? 1
$ find . -maxdepth x
! find: invalid number 'x'
? 1
$ find . -perm xx
! find: invalid mode 'xx'
? 1
$ find . -newer nosuch
! find: can't stat 'nosuch': No such file or directory
? 1
$ find . -mtime x
! find: invalid number 'x'
? 1

# A circle of symlinks
$ ln -s loop loop; find -L loop
! find: loop: Too many levels of symbolic links
? 1

# All its tests
$ mkdir -p d/e
$ echo hello > d/f
$ ln d/f d/h
$ ln -s f d/l
$ : > d/empty
$ touch -d '2000-01-01 00:00:00' d/f
$ find d -wholename 'd/[ef]*' | sort
d/e
d/empty
d/f
$ find d -ipath 'D/F'
d/f
$ find d -iname 'EM*'
d/empty
$ find d -links 2 -type f | sort
d/f
d/h
$ find d -samefile d/f | sort
d/f
d/h
$ find d -inum "$(stat -c %i d/f)" | sort
d/f
d/h
$ find d -user root -type d | sort
d
d/e
$ find d -group root -type l
d/l
$ chown 4321:4321 d/empty
$ find d -user 4321
d/empty
$ find d -group 4321
d/empty
$ find d -mtime +1000 | sort
d/f
d/h
$ find d -mmin +1000 | sort
d/f
d/h
$ find d -atime +1000 | sort
d/f
d/h
$ find d -atime -2 -type d | sort
d
d/e
$ find d -amin -60 -type d | sort
d
d/e
$ find d -ctime -2 | sort
d
d/e
d/empty
d/f
d/h
d/l
$ find d -cmin -60 | sort
d
d/e
d/empty
d/f
d/h
d/l
$ find d -ctime 5
$ find d -newer d/f -type l
d/l
$ find d -empty | sort
d/e
d/empty
$ find d -size 6c | sort
d/f
d/h
$ find d -size +0 -type f | sort
d/f
d/h
$ find d -perm 644 -type f | sort
d/empty
d/f
d/h
$ find d -perm -600 -type f | sort
d/empty
d/f
d/h
$ find d -perm /111 | sort
d
d/e
d/l
$ chmod 600 d/f
$ find d -perm 600 | sort
d/f
d/h
$ find d -executable | sort
d
d/e
$ find d -follow -type f | sort
d/empty
d/f
d/h
d/l
$ find -L d -type l
$ find -H d -type l
d/l
$ find d -xdev -type l
d/l
$ find d -maxdepth 1 | sort
d
d/e
d/empty
d/f
d/h
d/l
$ find d -mindepth 1 | sort
d/e
d/empty
d/f
d/h
d/l
$ find d -depth -name e -print
d/e
$ find d -name e -prune -or -name f -print
d/f
$ find d -name f -and -type f
d/f
$ find d -not -name '[efhl]*'
d
$ find d ! -type f -a -type l -o -name h
d/h
d/l
$ find d -name h -exec echo {} x {} \;
d/h x d/h
$ find d -type f -exec echo {} + | wc -w
3
$ find d -name f -print0 | od -c | head -n 1
0000000   d   /   f  \0
$ find d -quit
$ find d -name 'h' -exec false \; -print
$ find d -name h -exec true \; -print
d/h
$ find d -regex 'd/[fh]' | sort
d/f
d/h
$ find d -regex 'f'
$ find d -type x
! find: invalid argument 'x' to '-type'
? 1
$ find d -junk
! find: unrecognized: -junk
! Usage
? 1
$ find nox
! find: nox: No such file or directory
? 1
$ find d -exec
! find: -exec requires an argument
? 1
$ find d -name
! find: -name requires an argument
? 1
$ find d -maxdepth x
! find: invalid number 'x'
? 1
$ find d \( -name f
! find: unpaired '('
? 1
$ find . -maxdepth 0
.

# Tests that only some builds know
~ full
$ mkdir d
$ echo hello > d/f
$ : > d/empty
$ chown 4321:4321 d/empty
$ find d -inum "$(stat -c %i d/f)"
d/f
$ find d -size -1k -type f | sort
d/empty
d/f
$ yes | find d -name f -ok echo {} \; 2> /dev/null
d/f
$ mkdir -p e/g
$ : > e/g/f
$ : > e/h
$ find e -type f -delete
$ find e
e
e/g
$ find e -delete
$ ls
d

# Removed from the bottom
~ full
$ mkdir -p e/g
$ : > e/g/f
$ : > e/h
$ find e -type f -delete
$ find e | sort
e
e/g
$ find e -delete
$ ls

# -o with nothing behind it
$ mkdir d; touch d/a d/b; find d -name a -o
d/a
