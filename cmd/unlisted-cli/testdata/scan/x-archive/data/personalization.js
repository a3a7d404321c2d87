window.YTD.personalization.part0 = [ { "p13nData" : { "interests" : { "audienceAndAdvertisers" : { "lookalikeAdvertisers" : [ ], "advertisers" : [ "@shop" ], "numAudiences" : "1" } } } } ]
