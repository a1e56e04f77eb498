# Shells
$ printf '/bin/x\n/bin/y\n' > /etc/shells; remove-shell /bin/x; cat /etc/shells; remove-shell /bin/nox; cat /etc/shells; rm /etc/shells
/bin/y
/bin/y
