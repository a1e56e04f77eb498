# cat, head, tail, wc, tac, rev
< f
one
two
three
$ cat f; cat -n f; head -n 1 f; tail -n 1 f; tail -n +2 f; wc f; wc -l f; tac f; rev f; cat missing; head -n x f
one
two
three
     1	one
     2	two
     3	three
one
three
two
three
        3         3        14 f
3 f
three
two
one
eno
owt
eerht
! cat: can't open 'missing': No such file or directory
! head: invalid number 'x'
? 1

# sort, uniq, cut, tr, paste
< n
10
9
9
b
A
$ sort n; sort -n n; sort -r n; sort -u n; sort n | uniq -c; sort -f n; echo a:b:c | cut -d: -f2,3; echo abc | cut -c2; echo hello | tr a-y b-z; echo aabb | tr -s ab; echo abc | tr -d b; paste n n | head -2
10
9
9
A
b
A
b
9
9
10
b
A
9
9
10
10
9
A
b
      1 10
      2 9
      1 A
      1 b
10
9
9
A
b
b:c
b
ifmmp
ab
ac
10	10
9	9

# grep
< g
apple
Banana
cherry pie
$ grep an g; grep -i BAN g; grep -v an g; grep -c e g; grep -n e g; grep -q apple g; echo $?; grep zzz g; echo $?; grep -o 'p\+' g; grep -E 'a|e' g; grep -w pie g; grep -l e g; grep e missing
Banana
Banana
apple
cherry pie
2
1:apple
3:cherry pie
0
1
pp
p
apple
Banana
cherry pie
cherry pie
g
! grep: missing: No such file or directory
? 2

# sed
< s
hello world
foo bar
$ sed s/o/0/ s; sed s/o/0/g s; sed -n 2p s; sed 1d s; sed 's/\(h.*\) \(w.*\)/\2 \1/' s; sed -e '/foo/a\' -e added s; sed y/abc/xyz/ s; sed '$!N;s/\n/ /' s; sed -E 's/(o+)/<\1>/g' s; sed -i s/foo/FOO/ s; cat s
hell0 world
f0o bar
hell0 w0rld
f00 bar
foo bar
foo bar
world hello
foo bar
hello world
foo bar
added
hello world
foo yxr
hello world foo bar
hell<o> w<o>rld
f<oo> bar
hello world
FOO bar

# seq, expr, printf, echo
$ seq 3; seq 2 4; seq 1 2 5; seq -s, 3; seq 3 1; seq -w 9 11; seq 0.5 0.5 1.5
1
2
3
2
3
4
1
3
5
1,2,3
09
10
11
0.5
1.0
1.5
$ expr 1 + 2; expr 3 '*' 4; expr abc : 'a\(.\)'; expr abc : 'ab'; expr length hello; expr 1 '<' 2; expr 0; echo $?; expr 1 / 0
3
12
b
2
5
1
0
1
! expr: division by zero
? 2
$ printf '%s-%d-%05.2f-%x\n' a 42 3.14159 255; printf '%s\n' a b c; printf '%b' 'x\ty\n'; printf '%-5s|%5s|\n' ab cd; printf '%d\n' abc
a-42-03.14-ff
a
b
c
x	y
ab   |   cd|
0
! sh: invalid number 'abc'
? 1
$ echo -n no; echo; echo -e 'a\tb\\n\x41'; echo -E 'a\tb'; echo -- x
no
a	b\nA
a\tb
-- x

# xargs, tee, od, md5sum, sha256sum
$ echo a b c | xargs echo x; printf 'a\nb\n' | xargs -n 1 echo y; printf 'a b\0c\0' | xargs -0 -n1 echo; echo t | tee u; cat u; printf 'AB\n' | od -c; printf abc | md5sum; printf abc | sha256sum; printf abc | sha1sum; printf abc > v; md5sum v > w; md5sum -c w
x a b c
y a
y b
a b
c
t
t
0000000   A   B  \n
0000003
900150983cd24fb0d6963f7d28e17f72  -
ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  -
a9993e364706816aba3e25717850c26c9cd0d89d  -
v: OK

# gzip, gunzip, zcat
$ echo data > z; gzip z; ls; zcat z.gz; gunzip z.gz; cat z; gzip -c z | gunzip; echo bad | gunzip
z.gz
data
data
data
! gunzip: invalid magic
? 1

# cmp, comm, nl, fold, expand
$ printf 'a\nb\n' > p; printf 'a\nc\n' > q; cmp p q; cmp p p; echo $?; nl p; echo abcdefgh | fold -w 3; printf 'a\tb\n' | expand -t 4
p q differ: char 3, line 2
0
     1	a
     2	b
abc
def
gh
a   b
