# Differences are unified
< words
zeta
alpha
mu
$ sed 's/mu/nu/;1d' words > w2; diff words w2
--- words
+++ w2
@@ -1,3 +1,2 @@
-zeta
 alpha
-mu
+nu
? 1
$ diff -U 0 words w2
--- words
+++ w2
@@ -1 +0,0 @@
-zeta
@@ -3 +2 @@
-mu
+nu
? 1
$ diff -q words w2
Files words and w2 differ
? 1
$ diff words words

# Labels and blanks
$ printf 'a  b\n' > x; printf 'a b\n' > y; diff -L one -L two x y
--- one
+++ two
@@ -1 +1 @@
-a  b
+a b
? 1
$ diff -b x y; echo $?
0

# No newline at the end
$ printf 'a' > x; printf 'a\n' > y; diff x y
--- x
+++ y
@@ -1 +1 @@
-a
\\ No newline at end of file
+a
? 1

# A missing file
< words
zeta
alpha
mu
$ diff nope words
! diff: can't stat 'nope': No such file or directory
? 2
$ diff -N nope words
--- nope
+++ words
@@ -0,0 +1,3 @@
+zeta
+alpha
+mu
? 1

# Directories
< words
zeta
alpha
mu
$ mkdir d e; echo 1 > d/only; cp words d; cp words e; diff d e
Only in d: only
? 1
