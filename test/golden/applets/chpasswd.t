# Passwords from stdin
$ adduser -D -H u1; echo 'u1:secret' | chpasswd 2>&1; grep ^u1 /etc/shadow | cut -d: -f2 | wc -c; echo 'u1:$1$ab$cd' | chpasswd -e; grep ^u1 /etc/shadow | cut -d: -f2; echo 'u1:x' | chpasswd -m; grep ^u1 /etc/shadow | cut -c1-6; echo 'u1:x' | chpasswd -c sha512; grep ^u1 /etc/shadow | cut -c1-6; echo nox:p | chpasswd; echo $?; echo u1 | chpasswd; echo $?
$ passwd -l u1; passwd -l u1; echo $?; passwd -u u1; passwd -u u1; echo $?; passwd -d u1; grep ^u1 /etc/shadow | cut -d: -f1,2; passwd -l nox; echo $?; deluser u1 2>/dev/null
