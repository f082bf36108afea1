package secret

import "testing"

func TestPlacedArguments(t *testing.T) {
	checkRows(t, LinkCall,
		`new mysqli('db', 'ops', '«Mosspond#204»', 'shop204')`, `new PDO($dsn, 'ops', '«heronlatch»', [])`, `getConnection(url, "ops", "«Mosspond#204»")`, `auth().basic("ops", "«Mosspond#204»")`,
		`db.auth('ops', '«heronlatch»')`, `db.getSiblingDB("x").auth("ops", "«heronlatch»")`, `server.login(sender, '«Mosspond#204»')`, `login(page, 'ops', '«Mosspond#204»')`, `pymysql.connect('db', 'ops', '«heronlatch»', 'x')`,
		"EXEC sp_addlinkedsrvlogin 'A', 'false', NULL, 'ops', '«Mosspond#204»'", "exec master..sp_addlogin N'ops', N'«Mosspond#204»'", "EXEC sp_password '«Mosspond#204»', '«Heron-Latch42»', 'ops'",
		`ws.Protect "«Mosspond#204»"`, `ActiveSheet.Unprotect("«Mosspond#204»")`, `config.set('smtp', 'password', '«heronlatch»')`, `ini.put("a", "password", "«heronlatch»")`,
	)
	checkRows(t, LinkMember, `{ "password": await bcrypt.hash('«Mosspond#204»', 10) }`, `"password": Hash::make('«Mosspond#204»')`)
	checkNone(t,
		"mysqli($host, $user, $pass, 'heron204x')", `chart.basic("a", "heron204x")`, `app.auth('saml', 'heron204x')`, `x.connect('a', 'b', 'heron204x')`, "EXEC sp_helpuser 'heron204x'", "EXEC sp_", "exec ", "EXEC sp_addlogin ", "getConnection(", "getConnection(a,",
		"ws.Protect", "protect heron204x", `x.Protect pw`, "login(page, user, pw)", `login(page, 'ops', user.pw204)`, `('a', 'password', 'rolename')`, `{ "password": await getHash(user204) }`, `{ "password": await `,
	)
}

func TestTerraformObjects(t *testing.T) {
	const head = "resource \"kubernetes_secret\" \"x\" {⏎  "
	checkRows(t, LinkObject, head+"data = {⏎    a = \"«heronlatch»\"⏎    \"b.c\" = \"«Mosspond#204»\"⏎  }⏎}", head+"data = { a = \"«Mosspond#204»\"")
	checkNone(t, "resource \"kubernetes_config_map\" \"x\" {⏎  data = {⏎    a = \"heron204x\"⏎  }⏎}", head+"data = {⏎    a = var.heron204⏎  }⏎}", head+"data = x", head+"data = {", head+"data =", "data = {⏎  a = \"heron204x\"⏎}")
}
