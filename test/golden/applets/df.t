# The headlines
$ df | head -1; df -P | head -1; df -h | head -1; df -m | head -1; df -T | head -1; df -i | head -1; df -PT | head -1; df -B 4096 | head -1
Filesystem           1K-blocks      Used Available Use% Mounted on
Filesystem           1024-blocks    Used Available Capacity Mounted on
Filesystem                Size      Used Available Use% Mounted on
Filesystem           1M-blocks      Used Available Use% Mounted on
Filesystem           Type       1K-blocks      Used Available Use% Mounted on
Filesystem              Inodes      Used Available Use% Mounted on
Filesystem           Type       1024-blocks    Used Available Capacity Mounted on
Filesystem           4K-blocks      Used Available Use% Mounted on
$ df nosuch
Filesystem           1K-blocks      Used Available Use% Mounted on
! df: nosuch: can't find mount point
? 1

# By the kilobyte, of one type
$ df -t nosuchtype
Filesystem           1K-blocks      Used Available Use% Mounted on
$ df nox
Filesystem           1K-blocks      Used Available Use% Mounted on
! df: nox: can't find mount point
? 1

# Of a folder, by the kilobyte and all
$ df -k /proc 2>/dev/null | head -n 1
Filesystem           1K-blocks      Used Available Use% Mounted on
$ df -a -k /proc 2>/dev/null | head -n 1
Filesystem           1K-blocks      Used Available Use% Mounted on
$ df -a nox
Filesystem           1K-blocks      Used Available Use% Mounted on
! df: nox: can't find mount point
? 1
$ df -k nox
Filesystem           1K-blocks      Used Available Use% Mounted on
! df: nox: can't find mount point
? 1
