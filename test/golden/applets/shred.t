# Overwritten, and deleted
$ echo secret > a; shred a; wc -c < a; grep -c secret a; shred -z -n 1 a; od -An -c a; shred -u a; ls; echo x > b; chmod 400 b; shred -f -u b; ls; shred nox; echo $?; echo 12345678 > c; shred -z -n 0 -s 4 c; od -An -c c
