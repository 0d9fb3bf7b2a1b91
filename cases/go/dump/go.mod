module example.com/everypc/dump

go 1.19
