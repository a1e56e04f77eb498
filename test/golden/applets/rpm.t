# A package told of, and unpacked
< rpm.b64
H4sIAAAAAAACA+2YX2wURRzH5+5qaWv5W41X/4SaILaBu9vdmd2dNYFaWmob+dMAD2BQmL/txevteXdtDh9MG4mQEExFHhpCoonVRJHog8ZgML6o8UEffPCBIE9KAkT+GAE1onX39tcWeDDG5/1d5mY+8/3N7Mzub3aT3+UTV86mUGAJ7fsZM2tlMPrflkD33N316skLCWguQmjZR0G9HtozQb0sGLQ4qBvnZ0CJ5cBdEacuBHVDUArAP0fjUSkan7oK+gTo10DfH8gd2KaUcVuYBmGGI2xHOsTDWhBMbCEsy6Qmth1qIWZ7jlJYWtTmBne4RyTnVDqOxphTQj2Klbaka3iu5JZnKa2VY5uei5kpKZPRFm981vjyyu/S64+c3UTOJFevCdaWnEaxxRZbbLHFFltsscUWW2yxxRZbbJATmZ2dnUL1nMYdeRMbodT5oO5G9bxG6nvwCVMOTeAzlycJ8yZJ4IvAjcCXoN2CFvIozUFpBb4MvAL4CoryKquAr8L4TuBfQF8L/CvoBvBNYAL8O8xPgW+Bvh74L+AB4L+Bt0Tc0ADX2xnVDaEWpq5GgJuBS8At4F8Dvhfu10Hg1ogTm4AXR3ViCHgp6HuBlwFXge+L1pc4COu7H8YfB/0B8H8/eiYNadBPg94O+jfAD0acfBy4M5o/2QvzPxX1J+fWOwC8G3gQxheA4T4lS3D9XaDXgGFccj/4Pwv6UeDngE8Cc1jPj7AeCXwJWAFfBdbA14ELwDeB4T6mWmH+MeCHgcej66fWRuttex30vmh821fRfCmIl7afwB/ipe08+E8BXwQ93F+iF2nfR2bWQhj1dITtTX5xuKOqatUWX9c70PONS4p8pH6+Fo2rIto8uANtr45pjUaq1dITuVwthwr54lgNFX1WFiNwFpNQQktNzkzO9FyenJk76OGctxeGma1c09aGELZLmIsF1h5XnDtcWERjS2tpc8flmLoWIcISnuFJ5roeM4lLEZUu4UoJ
kyvPc7BlMek61MScae5ZkhgUe9SzpSOlqxQ1KDddwSzDVEx4lAcPzaOKOYpoy3S0pTnhjqd1sAbMCKHEEpg61BHMobbG2ralIFTYEmtumobLFUEL76D5faOy71f/y9981jlbKYtsuTQajJ29y4Rf1PnhzsC1q/7UgoPYFFysZa7crgczFPK8s9cfLZVVpaJkf76gtrBRVZnXwp6+/LCqVBf6hti+gs/qzpUBNq6Gykrna10oSojjrJElGRORrJM16nX0b9KssbD3u0sS3kfhO6i+5jD+ognvyLPP+wYbyIZ7Qds29vRt3ljfq2RVhnKqKnIoN1Yp5yojrKxy0he5QL2j7/Z2XctstToyw0iU8j4afjFfQh7EaUYqnmfFTBS7/2r1b1DP9t7BwfrRQDJfVqLql/eB3jRW1RmKpE0540wyw8WO4whCTIO62MJSBVHNTEtJrDBxDWVoSrGidqA5nFHKqMYQQk2SEC/4GS4xKbaCkHSDeFNMEU69MNyY0IILUwlhBBHPKeEWdYktCLZNTszwfRN9JGdnb30Y3vOVh6LvYzKFDTf4kQlkjLLpET7xSPrYY+3T7TPH3t7wR3/jF5Mk3bu1++NVu7oz3XtyXnfucKLpyKl0unXq3N6+h9z06kd/GHpm98ye46/tPPreG0eWjh9+aerEW4c+WPP1uq4LV8zG5atfeber79MDA3tHJr5d9+Qnxptn/A28lm7Lf9615M8b21c8vaI9bVmnhs71nD4wkLpWa24uX7/+wuJtO3Y0fJlCv73TT6eDo/MPYkJqJo0ZAAA=
$ base64 -d rpm.b64 | gunzip > foo.rpm; rpm -qp foo.rpm; TZ=UTC0 rpm -qpi foo.rpm; rpm -qpl foo.rpm; rpm -qpd foo.rpm; rpm -qpc foo.rpm; rpm -qplc foo.rpm
foo-1.2-3
Name        : foo
Version     : 1.2
Release     : 3
Group       : Stuff
Size        : 7
License     : MIT
Source RPM  : foo-1.2-3.src.rpm
Build Date  : Tue 24 Nov 2026 22:23:42 UTC
Build Host  : bh
Relocations : (not relocatable)
Vendor      : ven
URL         : http://x/
Summary     : A foo
Description :
Long text
of foo
/etc/foo.conf
/usr/share/doc/foo/README
/usr/share/foo
/usr/share/foo/data
/usr/share/doc/foo/README
/etc/foo.conf
/etc/foo.conf
$ rpm -i foo.rpm; cat /usr/share/foo/data /etc/foo.conf /usr/share/doc/foo/README; rpm -i foo.rpm; ls /etc/foo*; rm -r /usr/share/foo /etc/foo* /usr/share/doc/foo
hi
c
d
/etc/foo.conf
/etc/foo.conf.rpmorig

# What is none
$ rpm -q foo; rpm -qp nosuch
! rpm: can't open 'foo': No such file or directory
! rpm: can't open 'nosuch': No such file or directory
? 1
$ echo junk > junk; rpm -qp junk
! rpm: short read
? 1
$ rpm; rpm -x
! Usage
? 1
