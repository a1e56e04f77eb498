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
