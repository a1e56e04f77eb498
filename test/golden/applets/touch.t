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
