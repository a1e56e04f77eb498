# Tables put, shown, edited, removed
$ mkdir cr; crontab -c cr -l; echo '* * * * * echo hi' > tab; crontab -c cr tab; stat -c '%n %a' cr/*; cat cr/cron.update; crontab -c cr -l; echo '1 2 3 4 5 x' | crontab -c cr -; crontab -c cr -u root -l; crontab -c cr -r; ls cr; crontab -c cr -r; echo $?
cr/cron.update 600
cr/root 600
root
* * * * * echo hi
1 2 3 4 5 x
cron.update
0
! crontab: can't open 'root': No such file or directory
$ crontab -c cr nosuch; crontab -c nodir -l; crontab -c cr -u nosuch -l
! crontab: can't open 'nosuch': No such file or directory
! crontab: can't change directory to 'nodir': No such file or directory
! crontab: unknown user nosuch
? 1
$ crontab -c cr a b
! Usage
? 1
$ crontab -c cr -lr
! Usage
? 1
$ crontab -c cr tab; EDITOR="sed -i s/hi/there/" crontab -c cr -e; crontab -c cr -l; rm -r cr
* * * * * echo there
~ differs: the real one looks for a file to edit where it is not
