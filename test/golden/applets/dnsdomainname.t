# A name without a domain
$ dnsdomainname | wc -l
