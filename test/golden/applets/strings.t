# Printable pieces
$ printf 'ab\0hello\001world!\n' | strings
hello
world!
$ printf 'ab\0hello\001' | strings -n 2
ab
hello
$ printf 'ab\0hello\001' | strings -t d
      3 hello

# All of it, names, offsets
$ printf 'abcd\0\001xyz\0longer text\n\377' > f
$ strings f
abcd
longer text
$ strings -a f
abcd
longer text
$ strings -f f
f: abcd
f: longer text
$ strings -o f
      0 abcd
     12 longer text
$ strings -n 3 f
abcd
xyz
longer text
$ strings -t x f
      0 abcd
      a longer text
$ strings -t d f
      0 abcd
     10 longer text
$ strings -t o f
      0 abcd
     12 longer text
$ strings - < f
abcd
longer text
$ strings < f
abcd
longer text
$ strings nox
! strings: nox: No such file or directory
? 1
$ strings -t q f
! Usage
? 1

# A number out of range
$ printf abcd > f
$ strings -n 0 f
! strings: number 0 is not in 1..2147483647 range
? 1
$ strings -n x f
! strings: invalid number 'x'
? 1
$ strings -n 5 f

# -N is no option
$ echo abcd | strings -2
! strings: invalid option -- '2'
! Usage
? 1

# Of several lengths the last
$ echo abcd | strings -n x -n 2
abcd
