# Of a process
$ pmap $$ | head -1 | cut -d: -f2; pmap -q $$ | head -1 | cut -d: -f2; pmap -x $$ | sed -n 2p
 sh -c pmap $$ | head -1 | cut -d
 sh -c pmap $$ | head -1 | cut -d
Address		  Kbytes     PSS   Dirty    Swap  Mode  Mapping
$ pmap 999999
999999: [?]
? 42
$ pmap; pmap abc
! Usage
? 1
$ pmap -xq 1 | head -1; pmap 1 | tail -1 | cut -d: -f1; pmap -x 1 | tail -2 | cut -c1-12
1: sleep inf
mapped
------------
total		     
~ differs: the machine's own first process
