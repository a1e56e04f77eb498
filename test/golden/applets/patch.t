# A patch, its reverse, and what is applied already
$ seq 20 > a; sed 's/^5$/five/;s/^15$/fifteen/' a > b; diff -u a b > p; cp a c; patch c < p; cmp b c; patch -R c p; cmp a c; patch --dry-run c p; cmp a c; patch -i p c; cmp b c
$ patch c p; echo $?; patch -N c p; echo $?; seq 3 22 > d; patch d p; echo $?; ls

# Names, new files, removed ones
$ printf -- '--- /dev/null\n+++ new/dir/f\n@@ -0,0 +1 @@\n+hi\n' | patch -p0; cat new/dir/f; printf -- '--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+x\n' | patch -p1; cat x; printf -- '--- x\n+++ x\n@@ -1 +0,0 @@\n-x\n' > g; patch -E < g; ls; printf -- '--- a/b/y\n+++ a/b/y\n@@ -0,0 +1 @@\n+y\n' | patch; ls
$ patch -i nox; echo $?; patch nox p; echo $?

# Hunks elsewhere than they say, and several files
$ seq 1 30 > a; sed 's/^20$/twenty/' a > b; diff -u a b > p; (echo zero; echo more; cat a) > c; patch c p; sed -n 20,23p c; printf 'a\nb\nc\n' > x; printf 'a\nB\nc\n' > y; diff -u x y > q; printf '1\n2\n3\n' > v; printf '1\n2\n3\n4\n' > w; diff -u v w >> q; patch -p0 < q; cat x v
$ printf 'no newline' > a; printf 'no newline at all\nx' > b; diff -u a b | patch a; cat a
