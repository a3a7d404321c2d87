package logins_test

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"

	"github.com/tobischo/gokeepasslib/v3"
	"github.com/tobischo/gokeepasslib/v3/wrappers"

	"unlisted/checks/evidence"
	. "unlisted/checks/evidence/evidencetest"
)

// sample is one export and what it has to show.
type sample struct {
	format string
	name   string // of the file; "export" where it must not matter
	file   string
	want   []string
}

// The one login most samples hold.
const (
	account = "shop.example account confirmed pat@mail.example sign-in"
	holding = "shop.example holds-email confirmed pat@mail.example sign-in"
	code    = "shop.example totp-on confirmed pat@mail.example"
	passkey = "shop.example passkey confirmed pat@mail.example"
	mine    = "own likely pat@mail.example"
	number  = "own likely +12025550123"
)

const (
	firefox = `"url","username","password","httpRealm","formActionOrigin","guid","timeCreated","timeLastUsed","timePasswordChanged"
"https://forum.example","pat","Sunny-Day-7",,"https://forum.example","{1}","1577880000000","1672574400000","1577880000000"
"chrome://FirefoxAccounts","pat@mail.example","{""version"":1}","Firefox Accounts credentials",,"{2}","1577880000000","1577880000000","1577880000000"
"https://router.example","admin","admin","Router",,"{3}","1577880000000","1577880000000","1577880000000"
`
	chrome = "name,url,username,password,note\nShop,https://shop.example/login,pat@mail.example,x1,\n,android://hash@com.shop.app/,+33 6 39 98 12 34,x2,\n"
)

// csvSamples are told by their columns or by the places of their cells.
var csvSamples = []sample{
	{"firefox-csv", "export", firefox, []string{
		"accounts.firefox.com account confirmed pat@mail.example sign-in",
		"accounts.firefox.com holds-email confirmed pat@mail.example sign-in",
		"forum.example account confirmed pat sign-in",
		"router.example account possible admin sign-in",
	}},
	{"chrome-csv", "export", chrome, []string{
		"com.shop.app account confirmed +33639981234 sign-in",
		"com.shop.app holds-phone confirmed +33639981234 sign-in", account, holding,
	}},
	{"chrome-csv", "export", "name,url,username,password\nshop.example,https://shop.example/,pat@mail.example,x\n", []string{account, holding}},
	{"apple-csv", "export", "Title,URL,Username,Password,Notes,OTPAuth\nshop.example (pat),https://shop.example/,pat@mail.example,x,,otpauth://totp/Shop:pat?secret=JBSWY3DPEHPK3PXP\n", []string{account, holding, code}},
	{"apple-csv", "export", "Title,Url,Username,Password\nshop.example (pat),https://shop.example/,pat@mail.example,x\n", []string{account, holding}},
	{"bitwarden-csv", "export", "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n" +
		",,login,Shop,,,0,\"https://shop.example,https://pay.example\",pat@mail.example,x,JBSWY3DPEHPK3PXP\n,,note,Secret,https://note.example,,0,,,,\n", []string{
		account, holding, code,
		"pay.example account confirmed pat@mail.example sign-in", "pay.example holds-email confirmed pat@mail.example sign-in", "pay.example totp-on confirmed pat@mail.example",
	}},
	{"bitwarden-csv", "export", "collections,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n" +
		"Team,login,Shop,,,0,https://shop.example,pat@mail.example,x,\n", []string{account, holding}},
	{"1password-csv", "export", "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\n" +
		"\"Shop\",\"https://shop.example\",\"pat@mail.example\",\"Sunny-Day-7\",\"otpauth://totp/Shop:pat?secret=JBSWY3DPEHPK3PXP\",\"false\",\"false\",\"\",\"\"\n" +
		"Old,https://old.example,pat,x,,false,true,,\n", []string{account, holding, code}},
	{"1password-old-csv", "export", "title,notes,username,password,url\nShop,https://note.example,pat@mail.example,x,https://shop.example\n", []string{account, holding}},
	{"lastpass-csv", "export", "url,username,password,totp,extra,name,grouping,fav\n" +
		"https://shop.example/?a=1&amp;b=2,pat@mail.example,a&amp;b,JBSWY3DPEHPK3PXP,,Shop,Work\\Shops,0\n" +
		"http://sn,,,,\"NoteType:Address\nTitle:mr\nEmail Address:pat@mail.example\nMobile Phone:{\"\"num\"\":\"\"2025550123\"\",\"\"ext\"\":\"\"\"\",\"\"cc3l\"\":\"\"USA\"\"}\nNotes:https://note.example\",Me,,0\n" +
		"http://sn,,,,Call mum at +33 6 39 98 00 00,Note,,0\n\n\n", []string{account, holding, code, mine, number}},
	{"dashlane-csv", "export", "username,username2,username3,title,password,note,url,category,otpSecret\npat@mail.example,pat,,Shop,x,,https://shop.example,Shopping,JBSWY3DPEHPK3PXP\n", []string{
		"shop.example account confirmed pat@mail.example pat sign-in", "shop.example holds-email confirmed pat@mail.example pat sign-in", "shop.example totp-on confirmed pat@mail.example pat",
	}},
	{"dashlane-csv", "export", "username,username2,username3,title,password,note,url,category,otpUrl\n,pat@mail.example,,Shop,x,,https://shop.example,,otpauth://totp/a?secret=JBSWY3DPEHPK3PXP\n", []string{account, holding, code}},
	{"dashlane-personal-csv", "export", "type,title,first_name,middle_name,last_name,login,date_of_birth,place_of_birth,email,email_type,item_name,phone_number,address,country,state,city,zip,address_recipient,address_building,address_apartment,address_floor,address_door_code,job_title,url\n" +
		"email,,,,,,,,pat@mail.example,personal,,,,,,,,,,,,,,\nnumber,,,,,,,,,,,+1 202 555 0123,,,,,,,,,,,,\nwebsite,,,,,,,,,,,,,,,,,,,,,,,https://blog.example\n", []string{mine, number}},
	{"dashlane-old-csv", "export", "Shop,https://shop.example,pat@mail.example,,Sunny-Day-7,a note\nForum,https://forum.example,pat,Sunny-Day-7x,\n", []string{account, "forum.example account confirmed pat sign-in", holding}},
	{"proton-csv", "export", "type,name,url,email,username,password,note,totp,createTime,modifyTime,vault\n" +
		"login,Shop,\"https://shop.example/, https://pay.shop.example/\",pat@mail.example,,x,,otpauth://totp/a,1700000000,1700000000,Personal\n" +
		"alias,Relay,,pat.relay@alias.example,,,,,1700000000,1700000000,Personal\n" +
		"identity,Me,,,,,\"{\"\"fullName\"\":\"\"Pat\"\",\"\"email\"\":\"\"pat@mail.example\"\",\"\"phoneNumber\"\":\"\"+12025550123\"\"}\",,1700000000,1700000000,Personal\n" +
		"note,Diary,,,,,https://note.example,,1700000000,1700000000,Personal\n", []string{
		account, holding, code, mine, "own likely pat.relay@alias.example", number,
		"pay.shop.example account confirmed pat@mail.example sign-in", "pay.shop.example holds-email confirmed pat@mail.example sign-in", "pay.shop.example totp-on confirmed pat@mail.example",
	}},
	{"proton-csv", "export", "type,name,url,autofillUrls,email,username,password,note,totp,createTime,modifyTime,vault\n" +
		"login,Shop,,\"[\"\"https://shop.example\"\"]\",pat@mail.example,pat,x,,,1700000000,1700000000,Personal\n", []string{
		"shop.example account confirmed pat@mail.example pat sign-in", "shop.example holds-email confirmed pat@mail.example pat sign-in",
	}},
	{"proton-csv", "export", "type,name,url,username,password,note,totp,createTime,modifyTime\nlogin,Shop,https://shop.example,pat@mail.example,x,,,1700000000,1700000000\n", []string{account, holding}},
	{"nordpass-csv", "export", "name,url,additional_urls,username,password,note,cardholdername,cardnumber,cvc,pin,expirydate,zipcode,folder,full_name,phone_number,email,address1,address2,city,country,state,type,custom_fields\n" +
		"Me,,,,,,,,,,,,,Pat Doe,+12025550123,pat@mail.example,,,,,,identity,\n" +
		"Shop,,\"[\"\"https://shop.example\"\"]\",pat@mail.example,x,,,,,,,,,,,,,,,,,password,\nCard,,,,,,Pat,4111,123,,,,,,,,,,,,,credit_card,\nWork,,,,,,,,,,,,,,,,,,,,,folder,\n", []string{account, holding, mine, number}},
	{"nordpass-csv", "export", "name,url,username,password,note,cardholdername,cardnumber,cvc,expirydate,zipcode,folder,full_name,phone_number,email,address1,address2,city,country,state\n" +
		"Shop,https://shop.example,pat@mail.example,x,,,,,,,,,,,,,,,\nWork,,,,,,,,,,,,,,,,,,\nMe,,,,,,,,,,,Pat Doe,+12025550123,pat@mail.example,,,,,\n", []string{account, holding, mine, number}},
	{"keepassxc-csv", "export", `"Group","Title","Username","Password","URL","Notes","TOTP","Icon","Last Modified","Created"
"Root","Shop","pat@mail.example","x","https://shop.example","","otpauth://totp/Shop:pat?secret=JBSWY3DPEHPK3PXP","0","2023-01-02T03:04:05Z","2020-01-02T03:04:05Z"
"Root/Corbeille","Binned","pat","x","https://binned.example","","","0","2023-01-02T03:04:05Z","2020-01-02T03:04:05Z"
`, []string{account, holding, code}},
	{"keepassxc-csv", "export", "\"Group\",\"Title\",\"Username\",\"Password\",\"URL\",\"Notes\"\n\"Root\",\"Shop\",\"pat@mail.example\",\"x\",\"https://shop.example\",\"\"\n", []string{account, holding}},
	{"keepass-csv", "export", "\"Account\",\"Login Name\",\"Password\",\"Web Site\",\"Comments\"\n\"Shop\",\"pat@mail.example\",\"x\",\"https://shop.example\",\"\"\n", []string{account, holding}},
	{"roboform-csv", "export", "Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\n" +
		"Shop,https://shop.example,https://shop.example,pat@mail.example,'=x,,/,\"User ID$,,,txt,pat@mail.example\",\"Password$,,,pwd,x\",\"TOTP KEY$,,,txt,JBSWY3DPEHPK3PXP\"\n" +
		"Mark,https://mark.example,,,,,/\n", []string{account, holding, code}},
	{"roboform-csv", "export", "Name,Url,Login,Pwd,Note,Folder,Rf_fields\nShop,https://shop.example,pat@mail.example,x,,Home,\"TOTP KEY$:txt:JBSWY3DPEHPK3PXP\"\n", []string{account, holding, code}},
	{"keeper-csv", "export", "Work,Shop,pat@mail.example,Sunny-Day-7,https://shop.example,a note,,one time,otpauth://totp/Shop:pat?secret=JBSWY3DPEHPK3PXP\n,Forum,pat,Sunny-Day-7x,https://forum.example,,\n", []string{
		account, "forum.example account confirmed pat sign-in", holding, code,
	}},
	{"enpass-csv", "export", "\"Title\",\"Field\",\"Value\",\"Field\",\"Value\"\n\"Shop\",\"Username\",\"pat@mail.example\",\"Password\",\"x\",\"Website\",\"https://shop.example\",\"TOTP\",\"JBSWY3DPEHPK3PXP\",\"a note\"\n", []string{account, holding, code}},
	{"enpass-csv", "export", "Boutique,Nom d’utilisateur,,E-mail,pat@mail.example,Mot de passe,x,Site web,https://shop.example,\n", []string{account, holding}},
	{"generic-csv", "export", "Website;User name;Pwd\nhttps://shop.example;pat@mail.example;x\n", []string{account, holding}},
	{"generic-csv", "export", "hostname,username,password\nhttps://shop.example,pat@mail.example,x\n", []string{account, holding}},
}

// otherSamples are all but CSV.
var otherSamples = []sample{
	{"bitwarden-json", "export", `{"encrypted":false,"folders":[],"items":[
		{"type":1,"name":"Shop","deletedDate":null,"archivedDate":null,"login":{"uris":[{"match":null,"uri":"https://shop.example"}],"username":"pat@mail.example","password":"x","totp":"JBSWY3DPEHPK3PXP","fido2Credentials":[{"rpId":"shop.example"}]}},
		{"type":1,"name":"Binned","deletedDate":"2024-01-01T00:00:00Z","login":{"uris":[{"uri":"https://binned.example"}],"username":"pat","password":"y"}},
		{"type":1,"name":"Stored","archivedDate":"2024-01-01T00:00:00Z","login":{"uris":[{"uri":"https://stored.example"}],"username":"pat","password":"y"}},
		{"type":1,"name":"No site","login":{"uris":null,"username":"pat"},"passwordHistory":[{"password":"old"}]},
		{"type":2,"name":"Note","notes":"https://note.example"},{"type":3,"name":"Card","card":{}},{"type":"odd"},
		{"type":4,"name":"Me","identity":{"email":"pat@mail.example","phone":"+1 202 555 0123"}}]}`, []string{account, holding, passkey, code, mine, number}},
	{"bitwarden-json", "export", `{"collections":[],"items":[{"type":1,"collectionIds":["c"],"login":{"uris":[{"uri":"shop.example"}],"username":"pat@mail.example"}}]}`, []string{account, holding}},
	{"1password-1pux", "export", `{"accounts":[{"attrs":{"accountName":"Pat","name":"Pat","email":"pat@mail.example","domain":"https://my.1password.example/"},"vaults":[{"attrs":{"name":"Personal","type":"P"},"items":[
		{"uuid":"a","createdAt":1600000000,"updatedAt":1600000000,"state":"active","categoryUuid":"001","overview":{"title":"Shop","url":"https://shop.example","urls":[{"label":"website","url":"https://shop.example"}]},"details":{"loginFields":[{"value":"pat@mail.example","name":"username","fieldType":"T","designation":"username"},{"value":"yes","name":"terms","fieldType":"C","designation":null},{"value":"Sunny-Day-7","name":"password","fieldType":"P","designation":"password"}],"notesPlain":"https://note.example","sections":[{"title":"","fields":[{"title":"one-time password","id":"TOTP_1","value":{"totp":"JBSWY3DPEHPK3PXP"}},{"title":"hot line","id":"p","value":{"phone":"+12025550199"}}]}]}},
		{"item":{"state":"active","categoryUuid":"001","overview":{"url":"https://old.example"},"details":{"loginFields":[{"value":"pat","designation":"username"}]}}},
		{"state":"archived","categoryUuid":"001","overview":{"url":"https://archived.example"},"details":{}},
		{"trashed":true,"categoryUuid":"001","overview":{"url":"https://binned.example"},"details":{}},
		{"state":"active","categoryUuid":"002","overview":{"url":"https://card.example"},"details":{}},
		{"state":"active","categoryUuid":"003","overview":{"title":"Welcome"},"details":{"notesPlain":"https://note.example"}},
		{"state":"active","categoryUuid":"004","overview":{},"details":{"sections":[{"fields":[{"value":{"email":{"email_address":"pat@mail.example","provider":null}}},{"value":{"phone":"+12025550123"}},{"value":null}]}]}}]}]}]}`, []string{
		"my.1password.example account confirmed pat@mail.example sign-in", "my.1password.example holds-email confirmed pat@mail.example sign-in",
		"old.example account confirmed pat sign-in", account, holding, code, "own likely pat@mail.example x2", number,
	}},
	{"1password-1pif", "export", "\xef\xbb\xbf" + `{"uuid":"a","typeName":"webforms.WebForm","title":"Shop","location":"https://shop.example","createdAt":1600000000,"secureContents":{"URLs":[{"url":"https://shop.example"}],"fields":[{"designation":"username","value":"pat@mail.example","type":"T"},{"designation":"password","value":"x","type":"P"}],"sections":[{"fields":[{"k":"concealed","n":"TOTP_1","v":"JBSWY3DPEHPK3PXP"}]}]}}
***5642bee8-a5ff-11dc-8314-0800200c9a66***
{"uuid":"b","typeName":"webforms.WebForm","trashed":true,"location":"https://binned.example","secureContents":{}}
***5642bee8-a5ff-11dc-8314-0800200c9a66***
{"uuid":"c","typeName":"system.folder.Regular","title":"Folder"}
***5642bee8-a5ff-11dc-8314-0800200c9a66***
{"uuid":"d","typeName":"securenotes.SecureNote","secureContents":{"notesPlain":"https://note.example"}}
***5642bee8-a5ff-11dc-8314-0800200c9a66***
{"uuid":"e","typeName":"identities.Identity","secureContents":{"email":"pat@mail.example","cellphone":"+12025550123"}}
***5642bee8-a5ff-11dc-8314-0800200c9a66***
`, []string{account, holding, code, mine, number}},
	{"proton-json", "export", `{"version":"1.21","userId":"u","encrypted":false,"vaults":{"v":{"name":"Personal","description":"","items":[
		{"itemId":"1","data":{"type":"login","metadata":{"name":"Shop","note":"https://note.example"},"content":{"itemEmail":"pat@mail.example","itemUsername":"","password":"x","urls":["https://shop.example/"],"totpUri":"","passkeys":[{"rpId":"shop.example"}]},"extraFields":[{"fieldName":"code","type":"totp","data":{"totpUri":"otpauth://totp/a"}}]},"state":1,"aliasEmail":null,"createTime":1700000000,"modifyTime":1700000000},
		{"data":{"type":"login","content":{"username":"pat","urls":["https://old.example"]}},"state":1},
		{"data":{"type":"login","content":{"itemEmail":"pat@mail.example","urls":["https://binned.example"]}},"state":2},
		{"data":{"type":"note","metadata":{"note":"https://note.example"},"content":{}},"state":1},
		{"data":{"type":"alias","content":{}},"state":1,"aliasEmail":"pat.relay@alias.example"},
		{"data":{"type":"identity","content":{"email":"pat@mail.example","phoneNumber":"+1 202 555 0123"}},"state":1}]}}}`, []string{
		"old.example account confirmed pat sign-in", account, holding, passkey, code, mine, "own likely pat.relay@alias.example", number,
	}},
	{"enpass-json", "export", `{"folders":[],"items":[
		{"title":"Shop","category":"login","trashed":0,"archived":0,"favorite":1,"updated_at":1600000000,"fields":[{"type":"username","label":"Nom","value":"pat@mail.example","deleted":0,"sensitive":0},{"type":"url","label":"Site","value":"https://shop.example","deleted":0},{"type":"password","value":"x","history":[{"value":"old"}]},{"type":"totp","value":"JBSWY3DPEHPK3PXP"},{"type":"email","value":"gone@mail.example","deleted":1},{"type":"phone","value":"+12025550199"}]},
		{"category":"login","trashed":1,"fields":[{"type":"url","value":"https://binned.example"}]},
		{"category":"login","archived":1,"fields":[{"type":"url","value":"https://archived.example"}]},
		{"category":"note","fields":[{"type":"url","value":"https://note.example"}]},
		{"category":"identity","fields":[{"type":"email","value":"pat@mail.example"},{"type":"phone","value":"+12025550123"}]}]}`, []string{account, holding, code, mine, number}},
	{"keeper-json", "export", `{"shared_folders":[],"records":[
		{"title":"Shop","login":"pat@mail.example","password":"x","login_url":"https://shop.example","notes":"https://note.example","custom_fields":{"$oneTimeCode::1":"otpauth://totp/a?secret=JBSWY3DPEHPK3PXP","$phone::1":"+12025550199"},"folders":[]},
		{"$type":"contact","title":"Mum","login":"mum@mail.example","login_url":"https://mum.example"},
		{"$type":"bankCard","title":"Card","login_url":"https://card.example"}]}`, []string{account, holding, code}},
	{"dashlane-json", "export", `{"AUTHENTIFIANT":[{"domain":"shop.example","login":"","secondaryLogin":"","email":"pat@mail.example","password":"x","title":"Shop","note":"https://note.example"}],"EMAIL":[{"email":"pat@mail.example"}],"PHONE":[{"number":"+12025550123"}]}`, []string{account, holding, mine, number}},
	{"keepass-xml", "export", keepassXML, []string{account, holding, code}},
	{"keepass-kdbx", "export", kdbxSample(3), []string{account, holding, code}},
	{"keepass-kdbx", "export", kdbxSample(4), []string{account, holding, code}},
	{"firefox-profile", "export", `{"nextId":3,"logins":[
		{"id":1,"hostname":"https://shop.example","httpRealm":null,"formSubmitURL":"https://shop.example","encryptedUsername":"MDoE","encryptedPassword":"MDoE","guid":"{1}","timeCreated":1577880000000,"timeLastUsed":1672574400000,"timesUsed":3},
		{"id":2,"hostname":"https://router.example","httpRealm":"Router","encryptedUsername":"MDoE","encryptedPassword":"MDoE"},
		{"id":3,"hostname":"moz-extension://abc","httpRealm":null,"encryptedUsername":"MDoE"}],"version":3}`, []string{"router.example account possible sign-in", "shop.example account confirmed sign-in"}},
	{"firefox-profile", "export", `[{"hostname":"https://shop.example","username":"pat@mail.example","password":"x","formSubmitURL":"","httpRealm":null,"timeCreated":1577880000000}]`, []string{account, holding}},
}

const keepassXML = `<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<KeePassFile><Meta><RecycleBinEnabled>True</RecycleBinEnabled><RecycleBinUUID>AAAAAAAAAAAAAAAAAAAAAQ==</RecycleBinUUID></Meta><Root><Group><UUID>AAAAAAAAAAAAAAAAAAAAAg==</UUID><Name>Root</Name>
<Entry><UUID>AAAAAAAAAAAAAAAAAAAAAw==</UUID><Times><CreationTime>2020-01-02T03:04:05Z</CreationTime><LastModificationTime>OLFR1w4AAAA=</LastModificationTime></Times>
<String><Key>Title</Key><Value>Shop</Value></String><String><Key>URL</Key><Value>https://shop.example</Value></String><String><Key>Notes</Key><Value/></String>
<String><Key>UserName</Key><Value>pat@mail.example</Value></String><String><Key>Password</Key><Value ProtectInMemory="True">x</Value></String>
<String><Key>otp</Key><Value>otpauth://totp/Shop:pat?secret=JBSWY3DPEHPK3PXP</Value></String>
<History><Entry><String><Key>URL</Key><Value>https://history.example</Value></String></Entry></History></Entry>
<Group><UUID>AAAAAAAAAAAAAAAAAAAAAQ==</UUID><Name>Recycle Bin</Name><Entry><String><Key>URL</Key><Value>https://binned.example</Value></String></Entry>
<Group><UUID>AAAAAAAAAAAAAAAAAAAABQ==</UUID><Entry><String><Key>URL</Key><Value>https://deeper.example</Value></String></Entry></Group></Group>
</Group><DeletedObjects><DeletedObject><UUID>AAAAAAAAAAAAAAAAAAAABA==</UUID></DeletedObject></DeletedObjects></Root></KeePassFile>
`

// secret opens every database of these tests; its key file is a file of any kind.
const secret = "correct horse battery"

var keyFile = []byte("any file at all")

// kdbxSample is a database of a version, opened by the password.
func kdbxSample(version int) string {
	return string(newKDBX(version, gokeepasslib.NewPasswordCredentials(secret), nil))
}

// newKDBX makes a database: the login of the samples with an older version of
// itself, and a deleted one, all with protected values.
func newKDBX(version int, c *gokeepasslib.DBCredentials, change func(*gokeepasslib.Database)) []byte {
	value := func(k, v string, protected bool) gokeepasslib.ValueData {
		return gokeepasslib.ValueData{Key: k, Value: gokeepasslib.V{Content: v, Protected: wrappers.NewBoolWrapper(protected)}}
	}
	entry := func(site, user, password string) gokeepasslib.Entry {
		e := gokeepasslib.NewEntry()
		e.Values = []gokeepasslib.ValueData{
			value("Title", "Shop", false), value("URL", site, false), value("UserName", user, false),
			value("Password", password, true), value("otp", "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP", true),
		}
		return e
	}
	version4 := gokeepasslib.WithDatabaseKDBXVersion3
	if version == 4 {
		version4 = gokeepasslib.WithDatabaseKDBXVersion4
	}
	db := gokeepasslib.NewDatabase(version4())
	db.Credentials = c
	if version == 4 {
		db.Header.FileHeaders.KdfParameters.Memory = 64 << 10
	}
	live := entry("https://shop.example", "pat@mail.example", "Sunny-Day-7")
	live.Histories = []gokeepasslib.History{{Entries: []gokeepasslib.Entry{entry("https://history.example", "pat", "older")}}}
	bin := gokeepasslib.NewGroup()
	bin.Entries = []gokeepasslib.Entry{entry("https://binned.example", "pat", "thrown away")}
	root := gokeepasslib.NewGroup()
	root.Entries = []gokeepasslib.Entry{entry("", "no site", "before"), live}
	root.Groups = []gokeepasslib.Group{bin}
	db.Content.Root.Groups = []gokeepasslib.Group{root}
	db.Content.Meta.RecycleBinUUID = bin.UUID
	if change != nil {
		change(db)
	}
	if err := db.LockProtectedEntries(); err != nil {
		panic(err)
	}
	var b bytes.Buffer
	if err := gokeepasslib.NewEncoder(&b).Encode(db); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// keyed are the credentials of a database with password and key file.
func keyed() *gokeepasslib.DBCredentials {
	key := sha256.Sum256(keyFile)
	pass := sha256.Sum256([]byte(secret))
	return &gokeepasslib.DBCredentials{Passphrase: pass[:], Key: key[:]}
}

// loginData makes a Chromium password store and returns its path.
func loginData(t testing.TB, statements ...string) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), "copy of a database")
	db := DB(t, p)
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// chromiumTable is the table of a current browser, shortened.
const chromiumTable = `CREATE TABLE logins (origin_url VARCHAR NOT NULL, action_url VARCHAR, username_element VARCHAR, username_value VARCHAR, password_element VARCHAR, password_value BLOB,
	signon_realm VARCHAR NOT NULL, date_created INTEGER NOT NULL, blacklisted_by_user INTEGER NOT NULL, scheme INTEGER NOT NULL, times_used INTEGER, federation_url VARCHAR, date_last_used INTEGER NOT NULL DEFAULT 0, date_password_modified INTEGER NOT NULL DEFAULT 0, id INTEGER PRIMARY KEY)`

func read(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// offers is what the person gives for locked files in these tests.
var offers = []evidence.Unlock{{Passphrase: "wrong"}, {Passphrase: secret}, {Passphrase: secret, KeyFile: keyFile}}
