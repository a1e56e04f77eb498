# New files, and times
$ touch a; ls; touch -c nosuch; ls
a
a
$ touch -d '2020-01-02 03:04:05' a; ls -l --full-time a | cut -c46-64
020-01-02 03:04:05 
$ touch -t 202103040506.07 a; ls -l --full-time a | cut -c46-64; touch -r /etc/passwd a; test a -nt /etc/passwd; echo $?
021-03-04 05:06:07 
1
$ touch -d nonsense a
! touch: invalid date 'nonsense'
? 1
$ touch /nosuch/a
! touch: /nosuch/a: No such file or directory
? 1
$ touch -a -d '2022-01-01 00:00:00' a; ls -lu --full-time a | cut -c46-64
022-01-01 00:00:00 
$ touch -r nosuch a
! touch: can't stat 'nosuch': No such file or directory
? 1

# One time only, not made
$ touch -d '2000-01-02 03:04:05' f
$ touch -m -d '2001-01-01 00:00:00' f
$ stat -c '%x %y' f | cut -c 1-19
2000-01-02 03:04:05
$ touch -a -d '2002-01-01 00:00:00' f
$ stat -c '%y' f
2001-01-01 00:00:00.000000000 +0000
$ touch -c nox
$ ls
f
$ touch -f f
$ touch -r f g
$ touch -t 200301020304.05 f
$ stat -c %y f
2003-01-02 03:04:05.000000000 +0000
$ touch -t junk f
! touch: invalid date 'junk'
? 1
$ touch -d junk f
! touch: invalid date 'junk'
? 1
$ touch /nodir/f
! touch: /nodir/f: No such file or directory
? 1
$ touch -h -d '2004-01-01 00:00:00' f
$ stat -c %y f
2004-01-01 00:00:00.000000000 +0000
$ touch
! Usage
? 1
$ touch -r nox f
! touch: can't stat 'nox': No such file or directory
? 1
$ rm g
$ touch -t 0001010000 f
$ stat -c %y f
2000-01-01 00:00:00.000000000 +0000

# -h makes what is missing too
$ touch -h new; ls
new
