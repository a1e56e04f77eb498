# A patch, its reverse, and what is applied already
$ seq 20 > a; sed 's/^5$/five/;s/^15$/fifteen/' a > b; diff -u a b > p; cp a c; patch c < p; cmp b c; patch -R c p; cmp a c; patch --dry-run c p; cmp a c; patch -i p c; cmp b c
patching file c
patching file c
patching file c
patching file c
$ patch c p; echo $?; patch -N c p; echo $?; seq 3 22 > d; patch d p; echo $?; ls
patching file c
1
patching file c
1
patching file d
1
a
b
c
d
p
! Hunk 1 FAILED 2/2.
!  2
!  3
!  4
! -5
! +five
!  6
!  7
!  8
! Hunk 1 FAILED 2/2.
!  2
!  3
!  4
! -5
! +five
!  6
!  7
!  8
! Hunk 1 FAILED 2/2.
!  2
!  3
!  4
! -5
! +five
!  6
!  7
!  8

# Names, new files, removed ones
$ printf -- '--- /dev/null\n+++ new/dir/f\n@@ -0,0 +1 @@\n+hi\n' | patch -p0; cat new/dir/f; printf -- '--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+x\n' | patch -p1; cat x; printf -- '--- x\n+++ x\n@@ -1 +0,0 @@\n-x\n' > g; patch -E < g; ls; printf -- '--- a/b/y\n+++ a/b/y\n@@ -0,0 +1 @@\n+y\n' | patch; ls
creating new/dir/f
hi
creating x
x
removing x
g
new
creating y
g
new
y
$ patch -i nox; echo $?; patch nox p; echo $?
1
1
! patch: can't open 'nox': No such file or directory
! patch: can't open 'p': No such file or directory

# Hunks elsewhere than they say, and several files
$ seq 1 30 > a; sed 's/^20$/twenty/' a > b; diff -u a b > p; (echo zero; echo more; cat a) > c; patch c p; sed -n 20,23p c; printf 'a\nb\nc\n' > x; printf 'a\nB\nc\n' > y; diff -u x y > q; printf '1\n2\n3\n' > v; printf '1\n2\n3\n4\n' > w; diff -u v w >> q; patch -p0 < q; cat x v
patching file c
18
19
twenty
21
patching file y
patching file w
a
b
c
1
2
3
! Hunk 1 FAILED 1/1.
!  a
! -b
! +B
!  c
! Possibly reversed hunk 1 at 5
! Hunk 1 FAILED 1/1.
!  1
!  2
!  3
! +4
$ printf 'no newline' > a; printf 'no newline at all\nx' > b; diff -u a b | patch a; cat a; echo
patching file a
no newline at all
x
~ differs: what lacks its last newline can be patched

# Context thrown aside, old forms
$ printf 'a\nb\nc\n' > f
$ printf 'a\nB\nc\n' > g
$ diff -u f g > p
? 1
$ patch -u f < p
patching file f
$ cat f
a
B
c
$ patch -R f < p
patching file f
$ cat f
a
b
c
$ patch -f f < p
patching file f
$ patch -N f < p
patching file f
! Hunk 1 FAILED 1/1.
!  a
! -b
! +B
!  c
? 1
$ patch -f f < p
patching file f
! Hunk 1 FAILED 1/1.
!  a
! -b
! +B
!  c
? 1
$ cat f
a
B
c
$ ls
f
g
p
$ patch -p0 < /dev/null
$ patch -i nox
! patch: can't open 'nox': No such file or directory
? 1
$ patch -i p -R
patching file g
$ cat f
a
B
c
$ patch --dry-run -i p
patching file g
$ cat f
a
B
c
$ patch -i p -o out f
! patch: invalid option -- 'o'
! Usage
? 1
$ cat out f
a
B
c
! cat: can't open 'out': No such file or directory
? 1
