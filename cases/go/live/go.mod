module everypc.live

go 1.17
