# Formats
$ date -u -d @0; date -u -d @86399 +%F_%T; date -u -d @1000000000 '+%a %A %b %B %c %C %d %D %e %g %G %h %H %I %j %k %l %m %M %n %p %r %R %s %S %t %u %U %V %w %W %x %X %y %Y %z %Z %%'
Thu Jan  1 00:00:00 UTC 1970
1970-01-01_23:59:59
Sun Sunday Sep September Sun Sep  9 01:46:40 2001 20 09 09/09/01  9 01 2001 Sep 01 01 252  1  1 09 46 
 AM 01:46:40 AM 01:46 1000000000 40 	 7 36 36 0 36 09/09/01 01:46:40 01 2001 +0000 UTC %
$ date -u -d @951782400 '+%Y-%m-%d %j %U %V %G'; date -u -d '2021-01-03 00:00' '+%a %U %W %V %G'
2000-02-29 060 09 09 2000
Sun 01 00 53 2020
$ date -u -R -d @1; date -u -I -d @1; date -u -Iseconds -d @1; date -u -Ihours -d @1; date -u -Iminutes -d @1
Thu, 01 Jan 1970 00:00:01 +0000
1970-01-01
1970-01-01T00:00:01+00:00
1970-01-01T00+00:00
1970-01-01T00:00+00:00
$ date -u -d @5 '+%-d %_H %05Y %^a %#Z'
1  0 01970 THU utc

# What -d reads
$ for d in '2020-02-29 12:34:56' '2020-02-29 12:34' 2020.02.29-12:34:56 02.03-04:05 202002291234.56 03011234 '2020-02-29'; do date -u -d "$d" '+%m-%d %T'; done
02-29 12:34:56
02-29 12:34:00
02-29 12:34:56
02-03 04:05:00
02-29 12:34:56
03-01 12:34:00
02-29 00:00:00
$ date -u -d nonsense
! date: invalid date 'nonsense'
? 1
$ date -u -d '2020-13-01 00:00'
! date: invalid date '2020-13-01 00:00'
? 1
$ date -u -d @x
! date: invalid date '@x'
? 1
$ date -u -D '%d/%m/%Y' -d '03/04/2021' +%F
2021-04-03
$ date -u -D '%Y%m%dT%H%M%S' -d 20210102T030405 '+%F %T'
2021-01-02 03:04:05

# Time zones
$ TZ=EST5EDT,M3.2.0,M11.1.0 date -d @1615705199 '+%F %T %Z %z'; TZ=EST5EDT,M3.2.0,M11.1.0 date -d @1615705200 '+%F %T %Z %z'
2021-03-14 01:59:59 EST -0500
2021-03-14 03:00:00 EDT -0400
$ TZ=CET-1CEST,M3.5.0,M10.5.0/3 date -d @1635641999 '+%F %T %Z %z'; TZ=CET-1CEST,M3.5.0,M10.5.0/3 date -d @1635642000 '+%F %T %Z %z'
2021-10-31 02:59:59 CEST +0200
2021-10-31 02:00:00 CET +0100
$ TZ=UTC-5:30 date -d @0 '+%T %Z %z'; TZ='<+0330>-3:30' date -d @0 '+%T %Z %z'; TZ=nonsense date -d @0 '+%T %z'
05:30:00 UTC +0530
03:30:00 +0330 +0330
00:00:00 +0000
$ TZ=EST5EDT,M3.2.0,M11.1.0 date -d '2021-07-01 12:00' +%s; TZ=EST5EDT,M3.2.0,M11.1.0 date -d '2021-01-01 12:00' +%s
1625155200
1609520400
$ TZ=AEST-10AEDT,M10.1.0,M4.1.0/3 date -d @1609459200 '+%F %T %Z'; TZ=AAA1BBB,J60,J300 date -d @1583020800 '+%F %T %Z'; TZ=AAA1BBB,59,300 date -d @1583020800 '+%F %T %Z'
2021-01-01 11:00:00 AEDT
2020-02-29 23:00:00 AAA
2020-03-01 00:00:00 BBB

# A file's time
$ touch -d '2020-01-02 03:04:05' f; date -u -r f '+%F %T'; date -r nosuch
2020-01-02 03:04:05
! date: can't stat 'nosuch': No such file or directory
? 1
$ date -u +%F +%T
! date: invalid date '+%T'
? 1

# An offset is read by %z, and does not count
$ date -u -D '%Y-%m-%dT%H:%M:%S%z' -d 2026-11-24T17:38:28+0130 +%FT%T
2026-11-24T17:38:28

# Set, refused
$ date -d '2001-02-03 04:05:06'
Sat Feb  3 04:05:06 UTC 2001
$ date -u -d @0
Thu Jan  1 00:00:00 UTC 1970
$ date -d '12:34 2020-01-01' 
! date: invalid date '12:34 2020-01-01'
? 1
$ date -d 'junk'
! date: invalid date 'junk'
? 1
$ date -R -d @86400
Fri, 02 Jan 1970 00:00:00 +0000
$ date -I -d @86400
1970-01-02
$ date -Iseconds -d @86400
1970-01-02T00:00:00+00:00
$ date -Ihours -d @86400
1970-01-02T00+00:00
$ date -d @0 +%Y%m%d%H%M%S%j%a%A%b%B%d%e%y%C%u%w%U%W%V%G%g%n%t%%
19700101000000001ThuThursdayJanJanuary01 1701944000001197070
	%
$ date -D '%d.%m.%Y' -d '24.12.1999' +%F
1999-12-24
$ date -d 010203042005.06 +%F_%T
102-03-04_20:05:06
$ date +

$ date -r nox
! date: can't stat 'nox': No such file or directory
? 1
$ touch -d '2000-01-01 00:00:00' f
$ date -r f +%s
946684800
$ TZ=CET-1CEST date -d @1000000000
Sun Sep  9 03:46:40 CEST 2001
$ TZ=UTC0 date -d '1 day ago' 
! date: invalid date '1 day ago'
? 1
$ date -s junk
! date: invalid date 'junk'
? 1
