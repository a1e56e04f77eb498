# A package unpacked, configured, listed, removed and purged
~ full
$ mkdir -p c d/usr/share/foo d/etc; printf 'Package: foo\nVersion: 1.0\nArchitecture: all\nDepends: libc6\nDescription: a foo\n long text\n' > c/control; echo /etc/foo.conf > c/conffiles; for s in preinst postinst prerm postrm; do printf '#!/bin/sh\necho %s\n' $s > c/$s; chmod 755 c/$s; done; echo data > d/usr/share/foo/data; echo conf > d/etc/foo.conf; echo 2.0 > debian-binary; (cd c; tar czf ../control.tar.gz .); (cd d; tar czf ../data.tar.gz .); ar -rc foo.deb debian-binary control.tar.gz data.tar.gz; rm -r c d *.gz debian-binary; rm -rf /var/lib/dpkg; dpkg -l
! dpkg: can't open '/var/lib/dpkg/status': No such file or directory
? 1
$ mkdir -p /var/lib/dpkg/info; : > /var/lib/dpkg/status; dpkg -l; dpkg -i foo.deb
    Name           Version
+++-==============-==============
! dpkg: package foo depends on libc6, which is not installed or flagged to be installed
? 1
$ dpkg --force-depends -i foo.deb | sort; cat /var/lib/dpkg/status; ls /var/lib/dpkg/info; cat /var/lib/dpkg/info/foo.list; dpkg -l foo; dpkg -l nosuch
Setting up foo (1.0)...
Unpacking foo (from foo.deb)...
postinst
preinst
Package: foo
Version: 1.0
Architecture: all
Depends: libc6
Description: a foo
 long text
Status: install ok installed

foo.conffiles
foo.list
foo.postinst
foo.postrm
foo.preinst
foo.prerm
/.
/etc
/etc/foo.conf
/usr
/usr/share
/usr/share/foo
/usr/share/foo/data
    Name           Version
+++-==============-==============
ii  foo            1.0
    Name           Version
+++-==============-==============
$ dpkg -i foo.deb
! dpkg: package foo depends on libc6, which is not installed or flagged to be installed
? 1
$ echo mine > /etc/foo.conf; dpkg -r foo | sort; cat /var/lib/dpkg/status; dpkg -l; ls /usr/share/foo; cat /etc/foo.conf
Removing foo (1.0)...
prerm
Package: foo
Version: 1.0
Architecture: all
Depends: libc6
Description: a foo
 long text
Status: deinstall ok config-files

    Name           Version
+++-==============-==============
rc  foo            1.0
mine
! ls: /usr/share/foo: No such file or directory
$ dpkg -P foo | sort; ls /etc/foo.conf /var/lib/dpkg/info; cat /var/lib/dpkg/status
Purging foo (1.0)...
postrm
/var/lib/dpkg/info:
Package: foo
Status: purge ok not-installed

! ls: /etc/foo.conf: No such file or directory
$ dpkg --unpack -F depends foo.deb | sort; dpkg -l
Unpacking foo (from foo.deb)...
preinst
    Name           Version
+++-==============-==============
iu  foo            1.0
$ dpkg --configure foo
! dpkg: package foo depends on libc6, which is not installed or flagged to be installed
? 1
$ dpkg -C --force-depends foo | sort; dpkg -l; dpkg -P foo | sort; cat /var/lib/dpkg/status; rm -r /var/lib/dpkg
Setting up foo (1.0)...
postinst
    Name           Version
+++-==============-==============
ii  foo            1.0
Purging foo (1.0)...
postrm
prerm
Package: foo
Status: purge ok not-installed

~ differs: the real one forgets the name of what it configures
$ mkdir -p /var/lib/dpkg; : > /var/lib/dpkg/status; dpkg -r nosuch
! dpkg: package nosuch is uninstalled or unknown
? 1
$ dpkg -i nosuch.deb
! dpkg: can't open 'nosuch.deb': No such file or directory
? 1
$ dpkg -F bar -i foo.deb
! Usage
? 1
$ dpkg
! Usage
? 1
