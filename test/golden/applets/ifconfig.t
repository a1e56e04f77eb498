# The loopback device
$ ifconfig | grep -v packets | grep -v bytes; ifconfig lo | head -n 2; ifconfig -a | head -n 1; ifconfig lo up
lo        Link encap:Local Loopback  
          inet addr:127.0.0.1  Mask:255.0.0.0
          inet6 addr: ::1/128 Scope:Host
          UP LOOPBACK RUNNING  MTU:65536  Metric:1
          collisions:0 txqueuelen:1000 

lo        Link encap:Local Loopback  
          inet addr:127.0.0.1  Mask:255.0.0.0
lo        Link encap:Local Loopback  

# What is not there
$ ifconfig eth0
! ifconfig: eth0: error fetching interface information: Device not found
? 1
$ ifconfig eth0 192.0.2.1
! ifconfig: SIOCSIFADDR: No such device
? 1
