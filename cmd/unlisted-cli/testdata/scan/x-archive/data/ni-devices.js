window.YTD.ni_devices.part0 = [ { "niDeviceResponse" : { "messagingDevice" : { "phoneNumber" : "+33639981234", "deviceType" : "Auth", "createdDate" : "2017.05.06" } } } ]
