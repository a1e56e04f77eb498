# Networks
$ ipcalc -bnmp 192.168.1.77/24; ipcalc -b -n 10.1.2.3; ipcalc -m 172.16.5.4; ipcalc -p 192.168.1.1 255.255.255.192; ipcalc -nb 192.168.7.9/30; ipcalc -m 1.2.3.4/0
NETMASK=255.255.255.0
BROADCAST=192.168.1.255
NETWORK=192.168.1.0
PREFIX=24
BROADCAST=10.255.255.255
NETWORK=10.0.0.0
NETMASK=255.255.0.0
PREFIX=26
BROADCAST=192.168.7.11
NETWORK=192.168.7.8
NETMASK=0.0.0.0
$ ipcalc -n 300.1.1.1; echo $?; ipcalc -sn 300.1.1.1; echo $?
1
1
! ipcalc: bad IP address: 300.1.1.1
