# Both sums
$ seq 1000 > n; sum n; sum -r n; sum -s n; sum < n; sum -s < n; sum n n; sum nox; echo $?; printf '' | sum
20029     4 
20029     4 
31295 8 n
20029     4 
31295 8 -
20029     4 n
20029     4 n
1
00000     0 
! sum: can't open 'nox': No such file or directory
