# Passwords from stdin
$ adduser -D -H u1; echo 'u1:secret' | chpasswd 2>&1; grep ^u1 /etc/shadow | cut -d: -f2 | wc -c; echo 'u1:$1$ab$cd' | chpasswd -e; grep ^u1 /etc/shadow | cut -d: -f2; echo 'u1:x' | chpasswd -m; grep ^u1 /etc/shadow | cut -c1-6; echo 'u1:x' | chpasswd -c sha512; grep ^u1 /etc/shadow | cut -c1-6; echo nox:p | chpasswd; echo $?; echo u1 | chpasswd; echo $?
chpasswd: password for 'u1' changed
14
\$1$ab$cd
u1:$1$
u1:$6$
1
1
! chpasswd: password for 'u1' changed
! chpasswd: password for 'u1' changed
! chpasswd: password for 'u1' changed
! chpasswd: unknown user nox
! chpasswd: missing new password
$ passwd -l u1; passwd -l u1; echo $?; passwd -u u1; passwd -u u1; echo $?; passwd -d u1; grep ^u1 /etc/shadow | cut -d: -f1,2; passwd -l nox; echo $?; deluser u1 2>/dev/null
1
1
u1:
1
! passwd: password for u1 changed by root
! passwd: password for u1 is already locked
! passwd: password for u1 changed by root
! passwd: password for u1 is already unlocked
! passwd: password for u1 changed by root
! passwd: unknown user nox
