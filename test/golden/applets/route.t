# The tables
$ route -n; route; route -e; route -A inet
Kernel IP routing table
Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
Kernel IP routing table
Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
Kernel IP routing table
Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface
Kernel IP routing table
Destination     Gateway         Genmask         Flags Metric Ref    Use Iface

# Refused
$ route add default gw 192.0.2.1
! route: SIOCADDRT: Network is unreachable
? 1
$ route del default
! route: SIOCDELRT: No such process
? 1
$ route foo
! Usage
? 1
$ route -A nosuch
! Usage
? 1
$ route -z
! route: invalid option -- 'z'
! Usage
? 1
