# Members listed, printed, taken out
$ printf '!<arch>\na/              0           0     0     100644  3         `\nhi\n\nb.txt/          86400       7     8     100755  6         `\nhello\n' > x.a; ar t x.a; ar p x.a; ar p x.a a; ar -t x.a b.txt; ar tv x.a; ar x x.a; ls; cat b.txt; stat -c %a b.txt; ar xo x.a; stat -c %Y b.txt; ar xv x.a a
$ ar t nox; echo $?; echo junkjunkjunk > j; ar t j; echo $?; ar p x.a nothere; echo $?
