window.YTD.account.part0 = [ { "account" : { "email" : "pat@mail.example", "username" : "pat", "createdAt" : "2011-02-03T04:05:06.000Z" } } ]
