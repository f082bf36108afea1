package secret

import "testing"

func TestTags(t *testing.T) {
	checkRows(t, LinkTag,
		"<password>«Mosspond#204»</password>",
		"<ns:password>⏎ «Mosspond#204»⏎ </ns:password>",
		`<entry key="password">«Mosspond#204»</entry>`,
		`<Password type="text">«Mosspond#204»</Password>`,
		"<key>password</key><string>«Mosspond#204»</string>",
		`<setting name="Password"><value>«Mosspond#204»</value>`,
		`<tr><th>User</th><th>Password</th></tr>⏎<tr><td>ops</td><td>«Mosspond#204»</td></tr>⏎<tr><td>web</td><td>«Heron-Latch42»</td></tr>`,
		`<tr><th>Password</th><th>Token</th></tr>⏎<tr><td>«Mosspond#204»</td><td>«4f9d2c7be1a85630»</td></tr>`,
	)
	checkFound(t, `<add key="ClientSecret" value="«4f9d2c7be1a85630»"/>`, `<input name="password" value="«Mosspond#204»">`)
	checkNone(t,
		"<password></password>", "<password>${DB_PASSWORD}</password>", "<name>Mosspond#204</name>", "<password>", ">", "a -> b",
		"<tr><th>Password</th></tr>", `<input name="search" value="Mosspond#204">`, "<key>name</key><string>Mosspond#204</string>",
	)
}
