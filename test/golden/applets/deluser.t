# Gone again
$ adduser -D -H tmpu; deluser tmpu; grep -c tmpu /etc/passwd /etc/group; deluser tmpu; echo $?
/etc/passwd:0
/etc/group:0
1
! deluser: can't find tmpu in /etc/group
! deluser: unknown user tmpu
