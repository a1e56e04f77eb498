# The loopback device
$ ip addr; ip a show lo; ip link; ip -o addr; ip -4 addr show dev lo; ip -6 addr; ip -f inet addr show; ip addr show to 127.0.0.0/8; ip addr show to 10.0.0.0/8; ip -o link show lo; ip -f link addr
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
    inet6 ::1/128 scope host 
       valid_lft forever preferred_lft forever
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
    inet6 ::1/128 scope host 
       valid_lft forever preferred_lft forever
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
1: lo    inet 127.0.0.1/8 scope host lo\       valid_lft forever preferred_lft forever
1: lo    inet6 ::1/128 scope host \       valid_lft forever preferred_lft forever
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qlen 1000
    inet6 ::1/128 scope host 
       valid_lft forever preferred_lft forever
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00

# Tables
$ ip route; ip r; ip route show; ip neigh; ip neigh show; ip rule; ip rule list; ip tunnel; ip -6 rule
0:	from all lookup local 
32766:	from all lookup main 
32767:	from all lookup default 
0:	from all lookup local 
32766:	from all lookup main 
32767:	from all lookup default 
0:	from all lookup local 
32766:	from all lookup main 

# What is not there
$ ip addr show eth0
! ip: can't find device 'eth0'
? 1
$ ip link show dev eth1
! ip: can't find device 'eth1'
? 2
$ ip link set eth0 up
! ip: SIOCGIFFLAGS: No such device
? 2
$ ip route get 192.0.2.1
! ip: RTNETLINK answers: Network is unreachable
? 2
$ ip route add default via 192.0.2.1
! ip: RTNETLINK answers: Network is unreachable
? 2
$ ip route del default
! ip: RTNETLINK answers: No such process
? 2
$ ip addr del 192.0.2.9/8 dev lo
! ip: RTNETLINK answers: Cannot assign requested address
? 2
$ ip addr add 192.0.2.9/8
! ip: need "dev IFACE"
? 1
$ ip addr add 192.0.2.9/8 dev eth0
! ip: can't find device 'eth0'
? 1
$ ip link add dummy0 type nosuch
! ip: RTNETLINK answers: Operation not supported
? 2
$ ip link set lo up

# Refused
$ ip
! Usage
? 1
$ ip foo
! Usage
? 1
$ ip -z addr
! Usage
? 1
$ ip addr foo
! ip: invalid argument 'foo' to 'ip'
? 1
$ ipneigh; ipneigh show
