# Shells
$ rm -f /etc/shells; add-shell /bin/x /bin/y; cat /etc/shells; add-shell /bin/y /bin/z; cat /etc/shells; rm /etc/shells
/bin/x
/bin/y
/bin/x
/bin/y
/bin/z
