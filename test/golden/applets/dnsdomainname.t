# A name without a domain
$ dnsdomainname 2>/dev/null | wc -l
0
