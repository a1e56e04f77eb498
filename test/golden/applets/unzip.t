# Listing, unpacking and printing
$ echo 'UEsDBBQAAAAAAAAAIVgAAAAAAAAAAAAAAAACAAAAZC9QSwMEFAAAAAAAAAAhWCAwOjYGAAAABgAAAAMAAABkL2FoZWxsbwpQSwMEFAAAAAgAAAAhWMquHc0LAAAAkAEAAAMAAABkL25LTErmShzFgwYDAFBLAwQuAAAADAAAACFYu4mZ1CcAAAAyAAAAAQAAAHhCWmg5MUFZJlNZtLLj3AAAAhCAAAEAICAAIQCCCxdyRThQkLSy49xQSwMEFAAAAAAAAAAhWHrNP7cFAAAABQAAAAUAAAAuLi91cGV2aWwKUEsBAhQDFAAAAAAAAAAhWAAAAAAAAAAAAAAAAAIAAAAAAAAAAAAAAO1BAAAAAGQvUEsBAhQDFAAAAAAAAAAhWCAwOjYGAAAABgAAAAMAAAAAAAAAAAAAAKSBIAAAAGQvYVBLAQIUAxQAAAAIAAAAIVjKrh3NCwAAAJABAAADAAAAAAAAAAAAAADtgUcAAABkL25QSwECLgMuAAAADAAAACFYu4mZ1CcAAAAyAAAAAQAAAAAAAAAAAAAAgIFzAAAAeFBLAQIUAxQAAAAAAAAAIVh6zT+3BQAAAAUAAAAFAAAAAAAAAAAAAACkgbkAAAAuLi91cFBLBQYAAAAABQAFAPQAAADhAAAAAAA=' | base64 -d > t.zip; unzip -l t.zip; unzip -lq t.zip; unzip -lv t.zip d/a
Archive:  t.zip
  Length      Date    Time    Name
---------  ---------- -----   ----
        0  01-01-2024 00:00   d/
        6  01-01-2024 00:00   d/a
      400  01-01-2024 00:00   d/n
       50  01-01-2024 00:00   x
        5  01-01-2024 00:00   up
 --------                     -------
      461                     5 files
  Length      Date    Time    Name
---------  ---------- -----   ----
        0  01-01-2024 00:00   d/
        6  01-01-2024 00:00   d/a
      400  01-01-2024 00:00   d/n
       50  01-01-2024 00:00   x
        5  01-01-2024 00:00   up
 --------                     -------
      461                     5 files
Archive:  t.zip
 Length   Method    Size  Cmpr    Date    Time   CRC-32   Name
--------  ------  ------- ---- ---------- ----- --------  ----
       6  Stored        6   0% 01-01-2024 00:00 363a3020  d/a
--------          ------- ----                            ----
       6                6   0%                            5 files
! unzip: removing leading '../' from member names
! unzip: removing leading '../' from member names
! unzip: removing leading '../' from member names
$ unzip t.zip; ls -R; stat -c '%a %n' d/n x; unzip -o t.zip d/a; unzip -n t.zip; unzip -q -o t.zip -x d/n; unzip -p t d/a; unzip -t t.zip; unzip -j -d jj t.zip d/a d/n; ls jj; cat t.zip | unzip -p - d/a
Archive:  t.zip
   creating: d/
  inflating: d/a
  inflating: d/n
  inflating: x
  inflating: up
.:
d
t.zip
up
x

./d:
a
n
755 d/n
600 x
Archive:  t.zip
  inflating: d/a
Archive:  t.zip
hello
Archive:  t.zip
  inflating: a
  inflating: n
a
n
hello
! unzip: removing leading '../' from member names
! unzip: removing leading '../' from member names
! unzip: removing leading '../' from member names
! unzip: removing leading '../' from member names
! unzip: removing leading '../' from member names
! unzip: removing leading '../' from member names
! unzip: removing leading '../' from member names
! unzip: removing leading '../' from member names
$ echo n | unzip t.zip d/a; printf 'r\nnew\n' | unzip t.zip d/a; cat new; echo y | unzip t.zip 'd/*'; echo A | unzip -q t.zip; unzip -o -q t.zip; echo $?
Archive:  t.zip
replace d/a? [y]es, [n]o, [A]ll, [N]one, [r]ename: Archive:  t.zip
replace d/a? [y]es, [n]o, [A]ll, [N]one, [r]ename: new name:   inflating: new
hello
Archive:  t.zip
replace d/a? [y]es, [n]o, [A]ll, [N]one, [r]ename:   inflating: d/a
replace d/n? [y]es, [n]o, [A]ll, [N]one, [r]ename: replace d/a? [y]es, [n]o, [A]ll, [N]one, [r]ename: 0
! unzip: removing leading '../' from member names
! unzip: removing leading '../' from member names
! unzip: can't read standard input: File exists
! unzip: removing leading '../' from member names
! unzip: removing leading '../' from member names
$ unzip nox; echo $?; echo junk > j; unzip j; echo $?; unzip t.zip nothere; echo $?
1
Archive:  j
1
Archive:  t.zip
0
! unzip: can't open nox[.zip]
! unzip: short read
! unzip: removing leading '../' from member names

# Not those with a slash
$ unzip
! Usage
? 1
$ unzip nox
! unzip: can't open nox[.zip]
? 1
$ echo junk > j.zip
$ unzip j.zip
Archive:  j.zip
! unzip: short read
? 1

# Headings before mistakes
$ echo junk > j
$ unzip -l j
Archive:  j
  Length      Date    Time    Name
---------  ---------- -----   ----
! unzip: short read
? 1
$ unzip j
Archive:  j
! unzip: short read
? 1
$ unzip -t j
! unzip: short read
? 1
$ unzip -q j
! unzip: short read
? 1
$ : > e
$ unzip e
Archive:  e
! unzip: short read
? 1
$ unzip -l e
Archive:  e
  Length      Date    Time    Name
---------  ---------- -----   ----
! unzip: short read
? 1
$ head -c 100 /dev/zero > z

# No archive
$ head -c 100 /dev/zero > z; unzip z
Archive:  z
! unzip: short read
? 1
$ printf 'junkPK\1\2' > z; unzip z
Archive:  z
! unzip: short read
? 1

# Damage: the header before the contents counts, and the end may be cut off
$ echo 'UEsDBAoAAAAAAAAAIVggMDo2BgAAAAYAAAABAAAAYWhlbGxvClBLAQIUAAoAAAAAAAAAIVggMDo2BgAAAAYAAAABAAAAAAAAAAAAAAAAAAAAAABhUEsFBgAAAAABAAEALwAAACUAAAAAAA==' | base64 -d > t.zip; unzip -p t.zip; head -c 98 t.zip > cut.zip; unzip -p cut.zip; (printf XXXX; tail -c +5 t.zip) > m.zip; unzip -p m.zip; (head -c 53 t.zip; printf XXXX; tail -c +58 t.zip) > d.zip; unzip -p d.zip
hello
hello
hello
! unzip: short read
