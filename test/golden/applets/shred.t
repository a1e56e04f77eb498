# Overwritten, and deleted
$ echo x > b; chmod 400 b; shred -f -u -n 0 b; ls; echo 12345678 > c; shred -z -n 0 -s 4 c; od -An -c c; shred -z -n 0 c; od -An -c c
  \0  \0  \0  \0   5   6   7   8  \n
  \0  \0  \0  \0  \0  \0  \0  \0  \0
$ echo secret > a; shred -n 2 a; wc -c < a; grep -c secret a; shred -zu -n 1 a; ls
7
0
c
~ differs: the box of the real one has no random device
