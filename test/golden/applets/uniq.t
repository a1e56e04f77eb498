# Lines that follow one another
< fruit
apple 3 red
banana 1 yellow
cherry 2 red
Apple 10 green
banana 1 yellow
$ sort fruit | uniq
Apple 10 green
apple 3 red
banana 1 yellow
cherry 2 red
$ sort fruit | uniq -c
      1 Apple 10 green
      1 apple 3 red
      2 banana 1 yellow
      1 cherry 2 red
$ sort fruit | uniq -d
banana 1 yellow
$ sort fruit | uniq -u
Apple 10 green
apple 3 red
cherry 2 red

# Only a part is compared
< fruit
apple 3 red
banana 1 yellow
cherry 2 red
Apple 10 green
banana 1 yellow
< words
zeta
alpha
mu
$ uniq -f 2 fruit
apple 3 red
banana 1 yellow
cherry 2 red
Apple 10 green
banana 1 yellow
$ uniq -s 2 -w 2 words
zeta
alpha
mu
$ printf 'a\nA\n' | uniq -i
a

# Zero bytes
$ printf 'a\0a\0b\0' | uniq -z | od -c
0000000   a  \0   b  \0
0000004
$ printf 'a\na\nb\n' > f
$ uniq f
a
b
$ uniq -c f
      2 a
      1 b
$ uniq -d f
a
$ uniq -u f
b
$ printf 'x a\ny a\n' | uniq -f 1
x a
$ printf 'xa\nya\n' | uniq -s 1
xa
$ printf 'abc\nabd\n' | uniq -w 2
abc
$ printf 'a\nA\n' | uniq -i
a
$ uniq f out
$ cat out
a
b
$ uniq nox
! uniq: can't open 'nox': No such file or directory
? 1
$ uniq f out x
! Usage
? 1
$ uniq -f x f
! uniq: invalid number 'x'
? 1
$ uniq -D f
! uniq: invalid option -- 'D'
! Usage
? 1
$ uniq - < f
a
b

# With -z lines end at newlines too
$ printf 'a\na\0b\0' | uniq -zc | tr '\0' '\n'
      2 a
      1 b
$ uniq missing x y
! uniq: can't open 'missing': No such file or directory
? 1
