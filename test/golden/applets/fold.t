# By width and at blanks
$ echo 'the quick brown fox' | fold -w 10
the quick 
brown fox
$ echo 'the quick brown fox' | fold -s -w 10
the quick 
brown fox
$ echo héllo | fold -w 3
hél
lo
~ differs: characters are counted; Debian's busybox knows no UTF-8 without a locale
