# No record of logins
~ full
$ last -f nosuch
! last: can't open 'nosuch': No such file or directory
? 1

# A record of logins
~ full
< wtmp.b64
H4sICHCGWGUAA3d0bXAA7ZfPSgMxEMa3vSgi9EV0dFv1KogPIKjgRUp2N7iFdFOy6b9LT+rZx/BRevQRfAWfQDON4kF2OgEv1vxg2MN8TNiPYTJpJ55FQrNwAiMzrW2z5gRSOFxT51/wdim50paL44Tp/7hSciJVkyb679kJ8H/LReHC2nlK6TBpyO6PfFEE+r90MbL1AdW7mBVqkMv+dGDLvtLV3Q+NgIk0c8AclLq2IGdiOFIScj0M/4u/yzLA/+2E3/8RHvY9rP/3Wiv/u5QOk5nOyFopdKEHR9yjN5ani+sg//e9/z1Kh8lcmMa7N/LN7IrvP84fbv9HeLzc3gTtn3jvcvbPuhzbQk+rJk3cPz2v93z/25/f+P76Pc4f+P7j/D8966z2T2rHwWyhjaBqldxDN5znQP9xBqH/1IzHrHv7krWi/57dR77/HxYYLZ4AEgAA
$ base64 -d wtmp.b64 | gunzip > wtmp; last -f wtmp | tail -7; last -W -f wtmp | tail -4; rm wtmp
carl     tty3                          Wed Nov 15 23:30 - down  (2+10:03)
bob      tty2         1.2.3.4          Wed Nov 15 23:13 - 06:46 (2+07:33)
alice_wi pts/0        a.very.long.host Tue Nov 14 22:16 - down  (3+11:16)
root     tty1                          Tue Nov 14 22:15 - 23:15 (0+01:00)
reboot   system boot  6.1.0            Tue Nov 14 22:13 - 09:33 (3+11:20)

wtmp begins Tue Nov 14 22:13:20 2023
root     tty1                                                        Tue Nov 14 22:15 - 23:15 (0+01:00)
reboot   system boot  6.1.0                                          Tue Nov 14 22:13 - 09:33 (3+11:20)

wtmp begins Tue Nov 14 22:13:20 2023
$ last -x
! last: invalid option -- 'x'
! Usage
? 1
