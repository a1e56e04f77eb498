# Gone again
$ adduser -D -H tmpu; deluser tmpu; grep -c tmpu /etc/passwd /etc/group; deluser tmpu; echo $?
