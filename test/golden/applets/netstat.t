# Who listens
$ nc -l -p 7000 < /dev/null > /dev/null & sleep 0.3; netstat -tln; netstat -ltu -n; netstat -tn; kill $!
Active Internet connections (only servers)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       
tcp        0      0 :::7000                 :::*                    LISTEN      
Active Internet connections (only servers)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       
tcp        0      0 :::7000                 :::*                    LISTEN      
Active Internet connections (w/o servers)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       
$ netstat -an; netstat -l; netstat -x; netstat -w -u -a; netstat
Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       
Active UNIX domain sockets (servers and established)
Proto RefCnt Flags       Type       State         I-Node Path
Active Internet connections (only servers)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       
Active UNIX domain sockets (only servers)
Proto RefCnt Flags       Type       State         I-Node Path
Active UNIX domain sockets (w/o servers)
Proto RefCnt Flags       Type       State         I-Node Path
Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       
Active Internet connections (w/o servers)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       
Active UNIX domain sockets (w/o servers)
Proto RefCnt Flags       Type       State         I-Node Path

# Who is connected
$ (sleep 1) | nc -l -p 7000 & sleep 0.2; (sleep 1) | nc 127.0.0.1 7000 & sleep 0.2; netstat -tan | sed 's/127.0.0.1:[3-6][0-9][0-9][0-9][0-9] */127.0.0.1:PORT /g' | sort
Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       
tcp        0      0 127.0.0.1:PORT 127.0.0.1:7000          ESTABLISHED 
tcp        0      0 ::ffff:127.0.0.1:7000   ::ffff:127.0.0.1:PORT ESTABLISHED 

# The routing table is empty
$ netstat -rn; netstat -r; netstat -e -t
Kernel IP routing table
Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface
Kernel IP routing table
Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface
Active Internet connections (w/o servers)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       

# Refused
$ netstat -z
! netstat: invalid option -- 'z'
! Usage
? 1
