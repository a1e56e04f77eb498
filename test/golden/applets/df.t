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
