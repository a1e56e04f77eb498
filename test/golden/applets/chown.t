# Users and groups by name and number
$ touch f; for o in daemon :sys nobody:bin 12 bin: 0:0; do chown $o f; ls -l f | cut -c16-34; done
 daemon   root     
 daemon   sys      
 nobody   bin      
 12       bin      
 bin      bin      
 root     root     
$ chown nosuch f
! chown: unknown user nosuch
? 1
$ chown :nosuch f
! chown: unknown group nosuch
? 1
$ chown root nosuch
! chown: nosuch: No such file or directory
? 1

# Links and trees
$ mkdir d; touch d/f; ln -s d/f l; chown -h bin l; ls -l l d/f | cut -c16-24
 root    
 bin     
$ chown -R sys d; ls -ld d d/f | cut -c16-24
 sys     
 sys     
$ chown -v bin d
changed ownership of 'd' to 2:0

# Owner and group, of links and trees
$ mkdir d
$ echo a > d/f
$ ln -s d l
$ chown -c daemon:bin d
changed ownership of 'd' to 1:2
$ chown -c daemon:bin d
$ chown -v 5 d/f
changed ownership of 'd/f' to 5:0
$ stat -c '%n %u:%g' d d/f
d 1:2
d/f 5:0
$ chown -h 7:8 l
$ stat -c '%n %u:%g' l d
l 7:8
d 1:2
$ chown -R -L 9:9 l
$ stat -c '%n %u:%g' d d/f
d 9:9
d/f 9:9
$ chown -R -H 10 l
$ stat -c '%n %u:%g' d d/f
d 10:9
d/f 10:9
$ chown -R -P 11 l
$ stat -c '%n %u:%g' l d
l 11:8
d 10:9
$ chown 1 nox
! chown: nox: No such file or directory
? 1
$ chown nobodyhere d
! chown: unknown user nobodyhere
? 1
$ chown :bin d
$ stat -c '%U:%G' d
UNKNOWN:bin
$ chown daemon: d
$ stat -c '%U:%G' d
daemon:daemon

# The old dot; what is not there is told anyhow
$ mkdir d
$ chown -f 1 nox
! chown: nox: No such file or directory
? 1
$ chown daemon.bin d
$ stat -c '%U:%G' d
daemon:bin
$ chown .sys d
$ stat -c '%U:%G' d
daemon:sys
$ chown 5.6 d
$ stat -c '%u:%g' d
5:6
$ echo a > d/f
$ chown -R -v 3:4 d
changed ownership of 'd/f' to 3:4
changed ownership of 'd' to 3:4
